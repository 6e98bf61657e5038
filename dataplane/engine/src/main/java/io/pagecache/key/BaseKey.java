package io.pagecache.key;

import org.jspecify.annotations.Nullable;

/**
 * What all variants of a page share. Components are compared as a whole, so no text inside one can imitate another.
 *
 * @param scheme {@code http} or {@code https}
 * @param host as in {@link io.pagecache.http.PageRequest}
 * @param path exactly what is sent to the origin
 * @param query exactly what is sent to the origin, after the rule's query policy; null without one
 */
public record BaseKey(
        String scheme, String host, String path, @Nullable String query) {

    /** Path and query as sent to the origin. */
    public String target() {
        return query == null ? path : path + '?' + query;
    }

    @Override
    public String toString() {
        return scheme + "://" + host + target();
    }
}
