package io.pagecache.freshness;

import java.time.Duration;

/**
 * How long a page is fresh, and on whose word.
 *
 * @param value zero or more; zero for a page that must be validated before each use
 */
public record FreshnessLifetime(Duration value, Source source) {
    public static final FreshnessLifetime NONE = new FreshnessLifetime(Duration.ZERO, Source.NOTHING);

    public Basis basis() {
        return source.basis();
    }

    /** What was said. */
    public enum Source {
        NO_CACHE(Basis.ORIGIN, "no-cache"),
        S_MAXAGE(Basis.ORIGIN, "s-maxage"),
        MAX_AGE(Basis.ORIGIN, "max-age"),
        EXPIRES(Basis.ORIGIN, "Expires"),
        TTL(Basis.POLICY, "ttl"),
        TTL_BY_STATUS(Basis.POLICY, "ttlByStatus"),
        LAST_MODIFIED(Basis.HEURISTIC, "Last-Modified"),
        NOTHING(Basis.NONE, "");

        private final Basis basis;
        private final String term;

        Source(Basis basis, String term) {
            this.basis = basis;
            this.term = term;
        }

        public Basis basis() {
            return basis;
        }

        /** Name of the directive, of the answer's field or of the policy's field; empty for {@link #NOTHING}. */
        public String term() {
            return term;
        }

        /** Whether it stands in the field of the cache directives. */
        public boolean isDirective() {
            return this == NO_CACHE || this == S_MAXAGE || this == MAX_AGE;
        }
    }

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
