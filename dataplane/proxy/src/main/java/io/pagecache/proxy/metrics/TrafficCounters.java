package io.pagecache.proxy.metrics;

import io.pagecache.plan.ProxyStats;
import io.pagecache.plan.VisitorSketch;
import io.pagecache.proxy.origin.OriginFailure;
import io.pagecache.proxy.origin.OriginTraffic;
import io.pagecache.status.Reason;
import io.pagecache.store.StoreStats;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/** The numbers behind {@code GET /v1/stats}. */
public final class TrafficCounters implements OriginTraffic {
    private static final int TOP = 10;

    /** Reasons for which an answer was not kept. */
    private static final Set<Reason> REFUSALS = EnumSet.range(Reason.NO_STORE, Reason.OUT_OF_BUDGET);

    private final Instant since;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder stale = new LongAdder();
    private final LongAdder bypassed = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LongAdder bytesServed = new LongAdder();
    private final LongAdder originRequests = new LongAdder();
    private final LongAdder bytesFromOrigin = new LongAdder();
    private final TopPaths uncacheable = new TopPaths();

    public TrafficCounters(Instant since) {
        this.since = since;
    }

    public void count(FinishedRequest request) {
        Provenance provenance = request.provenance();
        adder(provenance.outcome()).increment();
        bytesServed.add(request.bytes());
        if (provenance.outcome() == Outcome.MISS && REFUSALS.contains(provenance.reason())) {
            uncacheable.count(request.path(), provenance.reason());
        }
    }

    /** One more reply of this kind, from the fast path. */
    public void repeated(Outcome outcome, long bytes) {
        adder(outcome).increment();
        bytesServed.add(bytes);
    }

    private LongAdder adder(Outcome outcome) {
        return switch (outcome) {
            case HIT -> hits;
            case MISS -> misses;
            case STALE -> stale;
            case BYPASS -> bypassed;
            case ERROR -> errors;
        };
    }

    @Override
    public void sent() {
        originRequests.increment();
    }

    @Override
    public void received(long bytes) {
        bytesFromOrigin.add(bytes);
    }

    @Override
    public void answered(int status, long micros) {}

    @Override
    public void failed(OriginFailure failure) {}

    /** The sum of the five outcomes is {@code requests}, whatever is counted meanwhile. */
    public ProxyStats snapshot(StoreStats stored, VisitorSketch visitors) {
        long hitCount = hits.sum();
        long missCount = misses.sum();
        long staleCount = stale.sum();
        long bypassCount = bypassed.sum();
        long errorCount = errors.sum();
        return new ProxyStats(
                since,
                hitCount + missCount + staleCount + bypassCount + errorCount,
                hitCount,
                missCount,
                staleCount,
                bypassCount,
                errorCount,
                originRequests.sum(),
                bytesServed.sum(),
                bytesFromOrigin.sum(),
                stored.objects(),
                stored.bytes(),
                stored.evictedBySize() + stored.evictedByTime(),
                uncacheable.top(TOP),
                visitors,
                new ProxyStats.VariantLimit(stored.variantLimits(), stored.variantLimitUrl()));
    }
}
