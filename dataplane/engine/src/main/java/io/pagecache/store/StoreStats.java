package io.pagecache.store;

import org.jspecify.annotations.Nullable;

/**
 * What is in the store and what has left it.
 *
 * @param objects pages now, variants counted apart
 * @param bytes their cost now, overhead included
 * @param evictedBySize pages pushed out, or turned away for others that are asked for more often
 * @param evictedByTime pages of no use any more
 * @param refused pages that were not taken: larger than one page may be, too many variants, purged meanwhile
 * @param variantLimits pages pushed out, or not taken, because their URL had too many variants
 * @param variantLimitUrl the URL of the newest of those, null before the first
 */
public record StoreStats(
        long objects,
        long bytes,
        long evictedBySize,
        long evictedByTime,
        long refused,
        long variantLimits,
        @Nullable String variantLimitUrl) {}
