package io.pagecache.esi;

import org.jspecify.annotations.Nullable;

/**
 * A variable as a page writes it: {@code $(HTTP_COOKIE{type}|'none')} (ESI 1.0 section 4).
 *
 * @param key of a dictionary or list; null for the whole field
 * @param fallback stands in when the request has no such value or an empty one
 */
public record EsiVariable(
        Name name, @Nullable String key, @Nullable String fallback) {

    /** What of a request a page may use. */
    public enum Name {
        HTTP_ACCEPT_LANGUAGE,
        HTTP_COOKIE,
        HTTP_HOST,
        HTTP_REFERER,
        HTTP_USER_AGENT,
        QUERY_STRING;

        /** Whether it has parts that {@code {key}} selects. */
        boolean hasParts() {
            return this != HTTP_HOST && this != HTTP_REFERER;
        }
    }
}
