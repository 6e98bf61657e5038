package io.pagecache.freshness;

import java.time.Duration;

/**
 * How long a page is of use after it has expired, each measured from expiry and zero when not allowed.
 *
 * @param whileRevalidate served while one fetch refreshes it (RFC 5861 section 3)
 * @param ifError served when the origin fails (RFC 5861 section 4)
 * @param keep kept for revalidation only
 */
public record StaleWindows(Duration whileRevalidate, Duration ifError, Duration keep) {
    public static final StaleWindows NONE = new StaleWindows(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    /** How long after expiry the page may stay in the store. */
    public Duration longest() {
        Duration longest = whileRevalidate.compareTo(ifError) >= 0 ? whileRevalidate : ifError;
        return longest.compareTo(keep) >= 0 ? longest : keep;
    }
}
