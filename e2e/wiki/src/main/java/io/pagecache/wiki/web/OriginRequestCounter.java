package io.pagecache.wiki.web;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts the requests that reached the wiki, by path: what a cache in front answered itself is not among them. */
final class OriginRequestCounter {
    private static final int MOST_PATHS = 1000;
    /** Where the paths beyond {@link #MOST_PATHS} are counted. */
    private static final String OTHER_PATHS = "other";

    private final Map<String, LongAdder> byPath = new ConcurrentSkipListMap<>();
    private final LongAdder total = new LongAdder();

    void count(String path) {
        String counted = byPath.size() < MOST_PATHS || byPath.containsKey(path) ? path : OTHER_PATHS;
        byPath.computeIfAbsent(counted, unseen -> new LongAdder()).increment();
        total.increment();
    }

    void reset() {
        byPath.clear();
        total.reset();
    }

    /** {@code {"total": n, "paths": {"/wiki/Fog": n, …}}} */
    JsonObject toJson() {
        JsonObject paths = new JsonObject();
        byPath.forEach((path, count) -> paths.put(path, count.sum()));
        return new JsonObject().put("total", total.sum()).put("paths", paths);
    }
}
