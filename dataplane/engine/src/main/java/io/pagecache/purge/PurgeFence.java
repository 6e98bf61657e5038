package io.pagecache.purge;

import io.pagecache.key.BaseKey;
import io.pagecache.plan.PurgeMode;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The ordering point that an older fetch cannot cross. Thread-safe. */
public final class PurgeFence {
    /*
     * The promise: once register() or invalidate() has returned, no page that it covers and whose fetch began before it is ever
     * served again (as fresh, for a soft purge).
     *
     * Three things could break it, and each has its answer:
     *
     *  1. A page already stored. Removing it takes a sweep, which takes time. Until the sweep is over the purge is "pending", and
     *     every lookup holds what it found against the pending purges. So a purge takes effect at the moment it is registered,
     *     whatever its size; the sweep only gives the memory back. Usually nothing is pending and the check is one volatile read.
     *     The lookup reads what is pending before it reads the store: the other way round, a sweep that ends between the two
     *     would hide both the page's removal and the purge.
     *
     *  2. A fetch on its way. It took a mark before it asked the origin; when it comes to store, the purges registered since then
     *     are held against it. The newest RECENT purges are kept for this; a fetch that is older still is refused unseen.
     *
     *  3. A fetch that is just storing: checked, but not yet visible to the sweep. Check and store run under the shared side of a
     *     lock whose exclusive side registers purges. So a store is either complete before the purge is registered, and the sweep
     *     (or the pending check) finds it, or it starts afterwards and its check sees the purge. Neither side does I/O or scans
     *     under the lock. Lookups never take it.
     *
     * Invalidations by unsafe methods come as often as visitors post, and each covers one URL: a list of them would overflow. Each
     * sets one of SLOTS counters, chosen by the URL's hash, to its number; a fetch is refused when its URL's counter is above its
     * mark. Two URLs that share a counter cost at most one needless refetch.
     */
    static final int RECENT = 1024;

    private static final int SLOTS = 1 << 12;

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Lock storing = lock.readLock();
    private final Lock registering = lock.writeLock();
    private final @Nullable RegisteredPurge[] recent = new @Nullable RegisteredPurge[RECENT];
    private final AtomicLongArray invalidated = new AtomicLongArray(SLOTS);

    // Written under the exclusive lock only.
    private volatile long purges;
    private volatile long invalidations;
    private volatile PendingPurges pending = PendingPurges.NONE;

    /** Taken before the origin is asked. */
    public FetchMark mark() {
        return new FetchMark(purges, invalidations);
    }

    /**
     * Makes a purge take effect. The caller then sweeps the store and calls {@link #swept}; until that, {@link #pending} speaks
     * for the purge.
     */
    public RegisteredPurge register(PurgeCoverage coverage, PurgeMode mode, Instant now) {
        registering.lock();
        try {
            RegisteredPurge purge = new RegisteredPurge(purges + 1, coverage, mode, now);
            recent[slotOf(purge.position())] = purge;
            pending = pending.with(purge);
            purges = purge.position();
            return purge;
        } finally {
            registering.unlock();
        }
    }

    /** The sweep of this purge is over: the store holds nothing any more that it should act on. */
    public void swept(RegisteredPurge purge) {
        registering.lock();
        try {
            pending = pending.without(purge);
        } finally {
            registering.unlock();
        }
    }

    /** Refuses what any fetch now on its way brings for this URL (RFC 9111 section 4.4). */
    public void invalidate(BaseKey base) {
        registering.lock();
        try {
            invalidations++;
            invalidated.set(slotOf(base), invalidations);
        } finally {
            registering.unlock();
        }
    }

    /**
     * Runs {@code store} unless a purge or invalidation that covers the page has happened since the mark, as one step that no purge
     * can come between.
     *
     * @param store gets the fence's place now: purges and invalidations up to there do not concern this page any more
     * @return what {@code store} returned, or null when the page may not cross
     */
    public <T> @Nullable T cross(FetchMark mark, PageFacts page, Function<FetchMark, T> store) {
        storing.lock();
        try {
            return mayCross(mark, page) ? store.apply(mark()) : null;
        } finally {
            storing.unlock();
        }
    }

    private boolean mayCross(FetchMark mark, PageFacts page) {
        if (invalidated.get(slotOf(page.base())) > mark.invalidations() || purges - mark.purges() > RECENT) {
            return false;
        }
        for (long position = mark.purges() + 1; position <= purges; position++) {
            RegisteredPurge purge = recent[slotOf(position)];
            if (purge == null || purge.coverage().covers(page)) {
                return false;
            }
        }
        return true;
    }

    /** Purges whose sweep is not over. To be asked before the store is. */
    public PendingPurges pending() {
        return pending;
    }

    private static int slotOf(long position) {
        return (int) (position % RECENT);
    }

    private static int slotOf(BaseKey base) {
        int hash = base.hashCode();
        return (hash ^ hash >>> 16) & (SLOTS - 1);
    }
}
