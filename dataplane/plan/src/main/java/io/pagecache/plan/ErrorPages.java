package io.pagecache.plan;

import java.time.Duration;

/**
 * How far pages with a status of 400 and above are kept, so that whoever asks for pages that do not exist drives out none that do.
 *
 * @param cacheShare most that they may take of the cache together, in percent, 1 to 100
 * @param maxTtl longest lifetime that the origin may give them; what the policy says of a status is not bound by it
 */
public record ErrorPages(int cacheShare, Duration maxTtl) {
    public static final ErrorPages DEFAULT = new ErrorPages(5, Duration.ofMinutes(5));

    public ErrorPages {
        if (cacheShare < 1 || cacheShare > 100) {
            throw new InvalidPlanException("errorPages.cacheShare", "is %d: expected 1 to 100".formatted(cacheShare));
        }
        if (maxTtl.isNegative()) {
            throw new InvalidPlanException("errorPages.maxTtl", "is %s: expected zero or more".formatted(maxTtl));
        }
    }
}
