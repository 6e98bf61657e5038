package io.pagecache.store;

import com.github.benmanes.caffeine.cache.Cache;
import io.pagecache.key.CacheKey;
import io.pagecache.purge.PageFacts;
import io.pagecache.purge.RegisteredPurge;
import io.pagecache.status.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys that lately could not be stored, each for a while of its own. Bounded apart from the pages, so that a site full of
 * uncacheable URLs pushes out none of them; a forgotten mark costs one moment of waiting.
 */
final class UncacheableMarks {
    static final int CAPACITY = 16_384;

    private final Cache<CacheKey, Mark> marks;

    UncacheableMarks(BoundedCaches caches) {
        marks = caches.of(CAPACITY, mark -> 1, Mark::nanos, (key, mark, cause) -> {});
    }

    void put(CacheKey key, Reason reason, Duration memory) {
        long nanos =
                memory.compareTo(Duration.ofDays(1)) > 0 ? Duration.ofDays(1).toNanos() : memory.toNanos();
        marks.put(key, new Mark(reason, nanos));
    }

    @Nullable
    Reason reasonFor(CacheKey key) {
        Mark mark = marks.getIfPresent(key);
        return mark == null ? null : mark.reason;
    }

    void remove(CacheKey key) {
        if (marks.getIfPresent(key) != null) {
            marks.invalidate(key);
        }
    }

    /** A purge gives what it covers a new chance. What is not stored has neither tags nor age. */
    void forget(RegisteredPurge purge) {
        marks.asMap()
                .keySet()
                .removeIf(key ->
                        purge.coverage().covers(PageFacts.of(key, List.of(), List.of(), List.of(), Instant.MAX)));
    }

    void tidy() {
        marks.cleanUp();
    }

    long size() {
        return marks.estimatedSize();
    }

    private record Mark(Reason reason, long nanos) {}
}
