package io.pagecache.wiki.visitor;

import io.vertx.core.http.HttpServerRequest;

/** What a cache in front does with pages; it says so in {@code Surrogate-Capability}. */
public final class SurrogateCapability {
    private static final String ELEMENTS = "Pagecache/1.0";
    private static final String FRAGMENTS = "ESI/1.0";

    private SurrogateCapability() {}

    public static boolean fillsElements(HttpServerRequest request) {
        return states(request, ELEMENTS);
    }

    /** Whether it joins fragments into pages (ESI). */
    public static boolean joinsFragments(HttpServerRequest request) {
        return states(request, FRAGMENTS);
    }

    private static boolean states(HttpServerRequest request, String wanted) {
        for (String field : request.headers().getAll("Surrogate-Capability")) {
            for (String capability : field.split("[\\s\",;=]+", -1)) {
                if (capability.equals(wanted)) {
                    return true;
                }
            }
        }
        return false;
    }
}
