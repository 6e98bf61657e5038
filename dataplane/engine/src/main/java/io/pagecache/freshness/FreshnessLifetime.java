package io.pagecache.freshness;

import java.time.Duration;

/**
 * How long a page is fresh, and on whose word.
 *
 * @param value zero or more; zero for a page that must be validated before each use
 */
public record FreshnessLifetime(Duration value, Basis basis) {
    public static final FreshnessLifetime NONE = new FreshnessLifetime(Duration.ZERO, Basis.NONE);

    public enum Basis {
        /** The origin said so: {@code s-maxage}, {@code max-age}, {@code Expires}, {@code no-cache}. */
        ORIGIN,
        /** The policy's {@code ttl} or {@code ttlByStatus}. */
        POLICY,
        /** A share of the time since {@code Last-Modified} (RFC 9111 section 4.2.2). */
        HEURISTIC,
        /** Nobody said anything. */
        NONE
    }
}
