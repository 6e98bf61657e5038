package io.pagecache.plan;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy pod answers to {@code GET /v1/stats}. Counters run since {@code since} and every client request is in exactly one
 * of hits, misses, stale, bypassed and errors, so that they add up to {@code requests}.
 *
 * @param hits answered from the store with a fresh page (or after a successful revalidation by 304 at the reader's side)
 * @param misses answered with what the origin sent for a cacheable request
 * @param stale answered with a stale page
 * @param bypassed the cache was not consulted
 * @param errors answered by the proxy itself with an error
 * @param originRequests requests sent to the origin, background refreshes included
 * @param objects pages in the store, variants counted apart
 * @param topUncacheable paths that most often could not be stored, most frequent first, at most 10
 * @param visitors different client addresses of the last 24 hours
 * @param variantLimit pages pushed out, or not kept, because their URL had too many variants
 */
public record ProxyStats(
        Instant since,
        long requests,
        long hits,
        long misses,
        long stale,
        long bypassed,
        long errors,
        long originRequests,
        long bytesServed,
        long bytesFromOrigin,
        long objects,
        long storeBytes,
        long evictions,
        List<Uncacheable> topUncacheable,
        VisitorSketch visitors,
        VariantLimit variantLimit) {

    public record Uncacheable(String path, String reason, long count) {}

    /** @param url of the newest such page; null before the first */
    public record VariantLimit(long count, @Nullable String url) {
        public static final VariantLimit NEVER_REACHED = new VariantLimit(0, null);
    }
}
