package io.pagecache.operator.observe;

import io.pagecache.plan.ProxyStats;

/** What proxies count up from their start; sums of it over proxies are meaningful. */
record Counters(
        long requests,
        long hits,
        long misses,
        long stale,
        long bypassed,
        long errors,
        long originRequests,
        long bytesServed,
        long bytesFromOrigin,
        long evictions) {
    static final Counters ZERO = new Counters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    Counters plus(ProxyStats stats) {
        return new Counters(
                requests + stats.requests(),
                hits + stats.hits(),
                misses + stats.misses(),
                stale + stats.stale(),
                bypassed + stats.bypassed(),
                errors + stats.errors(),
                originRequests + stats.originRequests(),
                bytesServed + stats.bytesServed(),
                bytesFromOrigin + stats.bytesFromOrigin(),
                evictions + stats.evictions());
    }

    /** What this counted beyond the other, never below zero. */
    Counters beyond(Counters other) {
        return new Counters(
                Math.max(0, requests - other.requests),
                Math.max(0, hits - other.hits),
                Math.max(0, misses - other.misses),
                Math.max(0, stale - other.stale),
                Math.max(0, bypassed - other.bypassed),
                Math.max(0, errors - other.errors),
                Math.max(0, originRequests - other.originRequests),
                Math.max(0, bytesServed - other.bytesServed),
                Math.max(0, bytesFromOrigin - other.bytesFromOrigin),
                Math.max(0, evictions - other.evictions));
    }
}
