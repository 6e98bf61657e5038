package io.pagecache.freshness;

import io.pagecache.http.ResponseDirectives;
import io.pagecache.plan.Behaviour;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a page is of use after it has expired, each measured from expiry and zero when not allowed.
 *
 * @param whileRevalidate served while one fetch refreshes it (RFC 5861 section 3)
 * @param ifError served when the origin fails (RFC 5861 section 4)
 * @param keep kept for revalidation only
 */
public record StaleWindows(Duration whileRevalidate, Duration ifError, Duration keep) {
    public static final StaleWindows NONE = new StaleWindows(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    /**
     * Windows of an answer. The origin's {@code stale-while-revalidate} and {@code stale-if-error} win over the rule's. Where it
     * forbids stale pages (RFC 9111 section 4.2.4) there are none; only {@code s-maxage}, which forbids them by implication,
     * gives way to a window that stands beside it. A rule that says {@code ALWAYS} overrides {@code no-cache} and {@code
     * s-maxage} here as it does for the lifetime.
     *
     * @param keep how long a page with a validator is kept beyond
     */
    public static StaleWindows of(ResponseDirectives directives, Behaviour behaviour, Duration keep) {
        boolean always = behaviour.cache() == Behaviour.Cache.ALWAYS;
        if (directives.mustRevalidate() || directives.proxyRevalidate() || (directives.noCache() && !always)) {
            return new StaleWindows(Duration.ZERO, Duration.ZERO, keep);
        }
        boolean ruleMayFill = directives.sharedMaxAge() == null || always;
        return new StaleWindows(
                window(directives.staleWhileRevalidate(), ruleMayFill, behaviour.staleWhileRevalidate()),
                window(directives.staleIfError(), ruleMayFill, behaviour.staleIfError()),
                keep);
    }

    private static Duration window(@Nullable Duration ofOrigin, boolean ruleMayFill, Duration ofRule) {
        if (ofOrigin != null) {
            return ofOrigin;
        }
        return ruleMayFill ? ofRule : Duration.ZERO;
    }

    /** How long after expiry the page may stay in the store. */
    public Duration longest() {
        Duration longest = whileRevalidate.compareTo(ifError) >= 0 ? whileRevalidate : ifError;
        return longest.compareTo(keep) >= 0 ? longest : keep;
    }
}
