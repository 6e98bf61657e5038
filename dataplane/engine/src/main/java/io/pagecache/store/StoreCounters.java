package io.pagecache.store;

import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What has become of pages since the start. Thread-safe. */
final class StoreCounters {
    private final LongAdder evictedBySize = new LongAdder();
    private final LongAdder evictedByTime = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder variantLimits = new LongAdder();
    private volatile @Nullable String variantLimitUrl;

    void evictedBySize() {
        evictedBySize.increment();
    }

    void evictedByTime() {
        evictedByTime.increment();
    }

    void refused() {
        refused.increment();
    }

    /** A URL had all the variants it may have. */
    void variantLimit(VariantKey variant) {
        variantLimits.increment();
        variantLimitUrl = variant.key().base().toString();
    }

    StoreStats stats(long objects, long bytes) {
        return new StoreStats(
                objects,
                bytes,
                evictedBySize.sum(),
                evictedByTime.sum(),
                refused.sum(),
                variantLimits.sum(),
                variantLimitUrl);
    }
}
