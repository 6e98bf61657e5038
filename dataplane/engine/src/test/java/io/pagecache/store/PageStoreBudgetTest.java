package io.pagecache.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import io.pagecache.freshness.StaleWindows;
import io.pagecache.http.Headers;
import io.pagecache.plan.PurgeMode;
import io.pagecache.plan.PurgeOrder;
import io.pagecache.plan.PurgeScope;
import io.pagecache.status.Reason;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("seed:T46")
@Tag("seed:W55")
@Tag("seed:W57")
class PageStoreBudgetTest {
    private static final long BUDGET = 1 << 20;

    private final ManualTime time = new ManualTime();
    private final PageStore store =
            new PageStore(new StoreBudget(BUDGET), new BoundedCaches(Runnable::run, time), time);

    @Test
    void shouldHoldBudgetUnderChurn() {
        Random random = new Random(1);

        for (int i = 0; i < 20_000; i++) {
            churn(random);
            assertThat(store.stats().bytes()).isLessThanOrEqualTo(BUDGET);
        }

        assertThat(store.stats().evictedBySize()).isPositive();
        assertThat(store.stats().evictedByTime()).isPositive();
        assertThat(store.stats().bytes()).isGreaterThan(BUDGET / 2);
    }

    @Test
    void shouldLeaveNothingInIndexesWhenAllPagesHaveLeft() {
        Random random = new Random(2);
        for (int i = 0; i < 5_000; i++) {
            churn(random);
        }

        time.advance(Duration.ofDays(2));
        store.tidy();

        assertThat(store.stats().objects()).isZero();
        assertThat(store.stats().bytes()).isZero();
        assertThat(store.hasEmptyIndexes()).isTrue();
    }

    private void churn(Random random) {
        int number = random.nextInt(500);
        StoredPage page = SamplePage.at("/p" + number + (random.nextBoolean() ? "?q=" + random.nextInt(3) : ""))
                .size(random.nextInt(20_000))
                .tags("all", "tag" + random.nextInt(50))
                .vary(random.nextInt(4) == 0 ? List.of("x") : List.of(), "X", "v" + random.nextInt(40))
                .receivedAt(time.instant())
                .lifetime(Duration.ofSeconds(1 + random.nextInt(100)))
                .windows(StaleWindows.NONE)
                .build();
        store.put(page, store.beginFetch());
        switch (random.nextInt(40)) {
            case 0 -> purge(new PurgeScope.Tag("tag" + random.nextInt(50)));
            case 1 -> purge(new PurgeScope.Url("/p" + random.nextInt(500)));
            case 2 ->
                store.invalidate(SamplePage.keyOf("/p" + random.nextInt(500)).base());
            case 3 -> time.advance(Duration.ofSeconds(random.nextInt(30)));
            default -> store.lookup(SamplePage.keyOf("/p" + random.nextInt(500)), () -> Headers.EMPTY);
        }
    }

    private void purge(PurgeScope scope) {
        PurgeOrder order = new PurgeOrder(1, "t", PurgeMode.HARD, List.of(scope), time.instant());
        store.purge(order, time.instant());
    }

    @Test
    void shouldLeaveNothingInIndexesAfterThreadsMet() throws Exception {
        PageStore shared = new PageStore(
                new StoreBudget(BUDGET),
                new BoundedCaches(java.util.concurrent.ForkJoinPool.commonPool(), Ticker.systemTicker()),
                Clock.systemUTC());
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int seed = 0; seed < 4; seed++) {
                Random random = new Random(seed);
                threads.submit(() -> {
                    for (int i = 0; i < 3_000; i++) {
                        StoredPage page = SamplePage.at("/p" + random.nextInt(100))
                                .size(random.nextInt(30_000))
                                .tags("t" + random.nextInt(5))
                                .vary(random.nextInt(3) == 0 ? List.of("x") : List.of(), "X", "v" + random.nextInt(3))
                                .receivedAt(java.time.Instant.now())
                                .build();
                        shared.put(page, shared.beginFetch());
                        shared.invalidate(
                                SamplePage.keyOf("/p" + random.nextInt(100)).base());
                    }
                });
            }
        }

        for (int i = 0; i < 100; i++) {
            shared.invalidate(SamplePage.keyOf("/p" + i).base());
        }

        assertThat(shared.stats().objects()).isZero();
        assertThat(shared.hasEmptyIndexes()).isTrue();
    }

    @Test
    void shouldRefusePageThatIsLargerThanItsShare() {
        StoredPage page = SamplePage.at("/large").size((int) BUDGET / 8).build();

        assertThat(store.put(page, store.beginFetch())).isEqualTo(new PutOutcome.Refused(Reason.TOO_LARGE));
        assertThat(store.stats().refused()).isEqualTo(1);
        assertThat(store.hasEmptyIndexes()).isTrue();
    }

    @Test
    void shouldShrinkToNewBudget() {
        for (int i = 0; i < 50; i++) {
            store.put(SamplePage.at("/p" + i).size(10_000).build(), store.beginFetch());
        }

        store.resize(new StoreBudget(BUDGET / 8));

        store.tidy();
        assertThat(store.stats().bytes()).isLessThanOrEqualTo(BUDGET / 8);
        assertThat(store.put(SamplePage.at("/x").size(20_000).build(), store.beginFetch()))
                .isEqualTo(new PutOutcome.Refused(Reason.TOO_LARGE));
    }

    @Test
    void shouldCountEverythingThatIsKept() {
        long plain = StoreBudget.costOf(SamplePage.at("/a").content("").build());

        assertThat(StoreBudget.costOf(SamplePage.at("/a").size(1000).build())).isEqualTo(plain + 1000);
        assertThat(StoreBudget.costOf(
                        SamplePage.at("/a").content("").tags("0123456789").build()))
                .isGreaterThan(plain + 100);
        assertThat(StoreBudget.costOf(
                        SamplePage.at("/" + "a".repeat(500)).content("").build()))
                .isGreaterThan(plain + 900);
        assertThat(StoreBudget.costOf(SamplePage.at("/a")
                        .content("")
                        .headers("X", "y".repeat(500))
                        .build()))
                .isGreaterThan(plain + 400);
    }

    @Test
    void shouldBoundUncacheableMarksApart() {
        for (int i = 0; i < 2 * UncacheableMarks.CAPACITY; i++) {
            store.markUncacheable(SamplePage.keyOf("/" + i), Reason.PRIVATE, Duration.ofHours(1), store.beginFetch());
        }

        assertThat(store.uncacheableMarks()).isLessThanOrEqualTo(UncacheableMarks.CAPACITY);
        assertThat(store.stats().bytes()).isZero();
    }
}
