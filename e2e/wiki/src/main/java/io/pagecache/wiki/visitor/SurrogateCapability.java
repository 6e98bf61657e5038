package io.pagecache.wiki.visitor;

import io.vertx.core.http.HttpServerRequest;

/** Whether a cache in front fills elements into pages; it says so in {@code Surrogate-Capability}. */
public final class SurrogateCapability {
    private static final String ELEMENTS = "Pagecache/1.0";

    private SurrogateCapability() {}

    public static boolean fillsElements(HttpServerRequest request) {
        for (String field : request.headers().getAll("Surrogate-Capability")) {
            for (String capability : field.split("[\\s\",;=]+", -1)) {
                if (capability.equals(ELEMENTS)) {
                    return true;
                }
            }
        }
        return false;
    }
}
