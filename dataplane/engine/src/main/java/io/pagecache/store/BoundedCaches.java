package io.pagecache.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.github.benmanes.caffeine.cache.Ticker;
import com.github.benmanes.caffeine.cache.Weigher;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The one place where Caffeine caches are built. All have a weight limit and an expiry per entry and therefore share one generated
 * cache and one generated entry ({@link #CACHE_CLASS}, {@link #ENTRY_CLASS}), which a native image must be told about.
 *
 * @param executor runs maintenance; never an event loop
 * @param ticker time for expiry
 */
public record BoundedCaches(Executor executor, Ticker ticker) {
    /** The class that Caffeine loads by name for each cache built here. */
    public static final String CACHE_CLASS = "com.github.benmanes.caffeine.cache.SSMWA";

    /** The class that Caffeine loads by name for the entries of these caches. */
    public static final String ENTRY_CLASS = "com.github.benmanes.caffeine.cache.PSWMW";

    private static final long FOREVER = Duration.ofDays(36_500).toNanos();

    /**
     * A cache bounded by weight whose entries each have their own lifetime.
     *
     * @param maxWeight greatest sum of weights
     * @param weight of an entry; constant
     * @param lifetimeNanos how long an entry lives from now on, asked when it is put or replaced; zero or less expires it at once
     * @param evicted told, in the same atomic step, of each entry that leaves by size or time
     */
    public <K, V> Cache<K, V> of(
            long maxWeight, ToIntFunction<V> weight, ToLongFunction<V> lifetimeNanos, EvictionListener<K, V> evicted) {
        Weigher<K, V> weigher = (key, value) -> weight.applyAsInt(value);
        return Caffeine.newBuilder()
                .maximumWeight(maxWeight)
                .weigher(weigher)
                .expireAfter(new OwnLifetime<K, V>(lifetimeNanos))
                .evictionListener((@Nullable K key, @Nullable V value, RemovalCause cause) -> {
                    if (key != null && value != null) {
                        evicted.evicted(key, value, cause);
                    }
                })
                .executor(executor)
                .scheduler(Scheduler.disabledScheduler())
                .ticker(ticker)
                .build();
    }

    /** Hears of entries that leave by size or time, never of those that are removed or replaced by hand. */
    @FunctionalInterface
    public interface EvictionListener<K, V> {
        void evicted(K key, V value, RemovalCause cause);
    }

    private record OwnLifetime<K, V>(ToLongFunction<V> lifetimeNanos) implements Expiry<K, V> {
        @Override
        public long expireAfterCreate(K key, V value, long currentTime) {
            return Math.clamp(lifetimeNanos.applyAsLong(value), 0, FOREVER);
        }

        @Override
        public long expireAfterUpdate(K key, V value, long currentTime, long currentDuration) {
            return expireAfterCreate(key, value, currentTime);
        }

        @Override
        public long expireAfterRead(K key, V value, long currentTime, long currentDuration) {
            return currentDuration;
        }
    }
}
