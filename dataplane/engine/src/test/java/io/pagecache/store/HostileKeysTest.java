package io.pagecache.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.http.Headers;
import io.pagecache.key.CacheKey;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** URLs that somebody asks for only to do harm. */
class HostileKeysTest {
    private static final int HOT = 1000;
    private static final int ROUNDS = 20_000;
    private static final int UNIQUE_FOR_EACH_HOT = 3;

    private final ManualTime time = new ManualTime();

    private PageStore store(long budget) {
        return new PageStore(new StoreBudget(budget), new BoundedCaches(Runnable::run, time), time);
    }

    @Test
    @DisplayName("HARDENING D9: a flood of URLs that come once costs no more memory and hardly a hit")
    void shouldKeepTheHotPagesInAFlood() {
        long budget = 8 << 20;
        PageStore store = store(budget);
        Random random = new Random(9);
        visits(store, random, 0);

        double before = visits(store, random, 0);
        double during = visits(store, random, UNIQUE_FOR_EACH_HOT);

        assertThat(before).isGreaterThan(0.99);
        assertThat(during).isGreaterThan(before - 0.1);
        assertThat(store.stats().bytes()).isLessThanOrEqualTo(budget);
    }

    /** The share of hits among the visits to the hot pages. */
    private double visits(PageStore store, Random random, int uniqueForEachHot) {
        int hits = 0;
        for (int round = 0; round < ROUNDS; round++) {
            hits += visit(store, "/hot/" + random.nextInt(HOT)) ? 1 : 0;
            for (int i = 0; i < uniqueForEachHot; i++) {
                visit(store, "/search?q=" + random.nextLong());
            }
        }
        return (double) hits / ROUNDS;
    }

    private boolean visit(PageStore store, String path) {
        if (store.lookup(SamplePage.keyOf(path), () -> Headers.EMPTY) instanceof Lookup.Found) {
            return true;
        }
        store.put(
                SamplePage.at(path)
                        .size(4096)
                        .receivedAt(time.instant())
                        .lifetime(Duration.ofHours(1))
                        .build(),
                store.beginFetch());
        return false;
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @DisplayName("HARDENING D11: URLs whose hash codes collide are found as fast as others")
    void shouldNotSlowDownForKeysThatCollide() {
        PageStore store = store(256 << 20);
        int keys = 1 << 15;
        for (int i = 0; i < keys; i++) {
            store.put(SamplePage.at(colliding(i)).size(10).build(), store.beginFetch());
        }

        // One after the other, all this would take many minutes.
        for (int pass = 0; pass < 20; pass++) {
            for (int i = 0; i < keys; i++) {
                assertThat(store.lookup(SamplePage.keyOf(colliding(i)), () -> Headers.EMPTY) instanceof Lookup.Found)
                        .isTrue();
            }
        }

        CacheKey one = SamplePage.keyOf(colliding(1));
        assertThat(one).isNotEqualTo(SamplePage.keyOf(colliding(2))).hasSameHashCodeAs(SamplePage.keyOf(colliding(2)));
    }

    /** "Aa" and "BB" have the same hash code, and so has any sequence of them. */
    private static String colliding(int number) {
        StringBuilder path = new StringBuilder("/");
        for (int bit = 0; bit < 15; bit++) {
            path.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return path.toString();
    }
}
