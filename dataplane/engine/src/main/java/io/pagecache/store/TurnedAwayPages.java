package io.pagecache.store;

import io.pagecache.http.Headers;
import io.pagecache.key.CacheKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Pages that the full store evicted as soon as they had come, for a moment longer. Everyone who waited for such a page looks it up
 * right after it is stored; without this they would all go to the origin. Bounded in bytes and time, beside the budget. Whoever
 * finds a page here must still ask the fence. Thread-safe; empty, and then free, unless the store is full and turning away.
 */
final class TurnedAwayPages {
    /** How long after it was stored a page is found here. */
    static final Duration GRACE = Duration.ofSeconds(2);

    private final Map<CacheKey, StoredEntry> entries = new LinkedHashMap<>();
    private long cost;
    private volatile boolean isEmpty = true;

    /** @param limit bytes that all entries may cost together; the oldest make room */
    synchronized void add(StoredEntry entry, Instant now, long limit) {
        forgetLate(now);
        if (entry.arrivedAt().plus(GRACE).isAfter(now) && entry.cost() <= limit) {
            remove(entry.page().key());
            entries.put(entry.page().key(), entry);
            cost += entry.cost();
            Iterator<StoredEntry> oldest = entries.values().iterator();
            while (cost > limit) {
                cost -= oldest.next().cost();
                oldest.remove();
            }
        }
        isEmpty = entries.isEmpty();
    }

    boolean isEmpty() {
        return isEmpty;
    }

    /** The page for a request with these headers, or null. */
    @Nullable
    StoredEntry find(CacheKey key, Supplier<Headers> asking, Instant now) {
        StoredEntry entry = get(key, now);
        return entry != null && VariantKey.of(entry.page()).isSelectedBy(asking.get()) ? entry : null;
    }

    private synchronized @Nullable StoredEntry get(CacheKey key, Instant now) {
        forgetLate(now);
        return entries.get(key);
    }

    /** A newer page has come. */
    void forget(CacheKey key) {
        if (!isEmpty) {
            remove(key);
        }
    }

    private synchronized void remove(CacheKey key) {
        StoredEntry removed = entries.remove(key);
        cost -= removed == null ? 0 : removed.cost();
    }

    private void forgetLate(Instant now) {
        entries.values().removeIf(entry -> {
            boolean late = !entry.arrivedAt().plus(GRACE).isAfter(now);
            cost -= late ? entry.cost() : 0;
            return late;
        });
        isEmpty = entries.isEmpty();
    }

    /** Drops what has stayed long enough. */
    synchronized void tidy(Instant now) {
        forgetLate(now);
    }
}
