package io.pagecache.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import io.pagecache.http.Headers;
import io.pagecache.plan.PurgeMode;
import io.pagecache.plan.PurgeOrder;
import io.pagecache.plan.PurgeScope;
import io.pagecache.purge.FetchMark;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Real threads against each other for a bounded number of purges. The origin's content is a version number that an editor raises
 * before each purge; after the purge, no reader may get an older version as fresh.
 */
class PurgeStressTest {
    private static final int PURGES = 200;
    private static final int PAGES = 3;

    private final PageStore store = new PageStore(
            new StoreBudget(64 << 10),
            new BoundedCaches(java.util.concurrent.ForkJoinPool.commonPool(), Ticker.systemTicker()),
            Clock.systemUTC());
    private final AtomicInteger version = new AtomicInteger();
    private volatile int purgedBelow;
    private final AtomicBoolean over = new AtomicBoolean();

    static List<PurgeScope> scopes() {
        return List.of(
                new PurgeScope.All(),
                new PurgeScope.Prefix("/p"),
                new PurgeScope.Regex("/p.*"),
                new PurgeScope.Tag("all-pages"));
    }

    @ParameterizedTest
    @MethodSource("scopes")
    void shouldNeverServeFreshWhatWasFetchedBeforePurge(PurgeScope scope) throws Exception {
        try (ExecutorService threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            List<Future<Integer>> actors = List.of(
                    threads.submit(untilOver(this::fetch)),
                    threads.submit(untilOver(this::fetch)),
                    threads.submit(untilOver(this::read)),
                    threads.submit(untilOver(this::read)));
            try {
                for (int i = 1; i <= PURGES; i++) {
                    if (i % 2 == 0) {
                        awaitFreshPage();
                    }
                    edit(scope, i);
                }
            } finally {
                over.set(true);
            }
            for (Future<Integer> actor : actors) {
                assertThat(actor.get()).isPositive();
            }
        }
    }

    /** So that most purges find something to purge. */
    private void awaitFreshPage() {
        while (!(lookup(PAGES - 1) instanceof Lookup.Found(var page, var softPurgedAt) && softPurgedAt == null)) {
            Thread.yield();
        }
    }

    private Lookup lookup(int page) {
        return store.lookup(SamplePage.keyOf("/p" + page), () -> Headers.EMPTY);
    }

    private void edit(PurgeScope scope, int sequence) {
        int newest = version.incrementAndGet();
        PurgeMode mode = sequence % 2 == 0 ? PurgeMode.SOFT : PurgeMode.HARD;
        store.purge(new PurgeOrder(sequence, "t", mode, List.of(scope), Instant.now()), Instant.now());
        purgedBelow = newest;
    }

    private void fetch(int page) {
        FetchMark mark = store.beginFetch();
        String content = Integer.toString(version.get());
        Thread.yield();
        store.put(
                SamplePage.at("/p" + page)
                        .content(content)
                        .tags("all-pages")
                        .receivedAt(Instant.now())
                        .build(),
                mark);
    }

    private void read(int page) {
        int expected = purgedBelow;
        if (lookup(page) instanceof Lookup.Found(var found, var softPurgedAt) && softPurgedAt == null) {
            String content = new String(found.body().toArray(), StandardCharsets.UTF_8);
            assertThat(Integer.parseInt(content)).isGreaterThanOrEqualTo(expected);
        }
    }

    private Callable<Integer> untilOver(java.util.function.IntConsumer step) {
        return () -> {
            int rounds = 0;
            while (!over.get() || rounds == 0) {
                IntStream.range(0, PAGES).forEach(step);
                rounds++;
            }
            return rounds;
        };
    }
}
