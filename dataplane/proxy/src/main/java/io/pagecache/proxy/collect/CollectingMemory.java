package io.pagecache.proxy.collect;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * What all answers that are being collected for the store may hold together, beside the store's own budget. Who gets none streams its
 * answer without keeping it, so a crowd of misses costs memory up to here and no more. Thread-safe.
 */
public final class CollectingMemory {
    /** Share of the store's budget. */
    private static final int SHARE = 4;

    private final AtomicLong used = new AtomicLong();
    private final LongAdder refused = new LongAdder();
    private volatile long most;

    /** @param cacheBytes the store's budget */
    public void boundBy(long cacheBytes) {
        most = cacheBytes / SHARE;
    }

    /** Whether so many bytes more may be held; then they must be {@linkplain #give given back}. */
    public boolean take(long bytes) {
        if (used.addAndGet(bytes) <= most) {
            return true;
        }
        used.addAndGet(-bytes);
        refused.increment();
        return false;
    }

    public void give(long bytes) {
        used.addAndGet(-bytes);
    }

    /** Bytes held now. */
    public long used() {
        return used.get();
    }

    /** Answers that were not collected for want of memory. */
    public long refused() {
        return refused.sum();
    }
}
