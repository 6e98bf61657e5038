package io.pagecache.proxy.coalesce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pagecache.key.BaseKey;
import io.pagecache.key.CacheKey;
import io.pagecache.proxy.actors.Sync;
import io.pagecache.proxy.coalesce.FetchCoalescer.Follower;
import io.pagecache.proxy.coalesce.FetchCoalescer.Leader;
import io.pagecache.proxy.coalesce.FetchCoalescer.Ticket;
import io.pagecache.proxy.origin.OriginFailure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("seed:W2")
@Tag("seed:W71")
class FetchCoalescerTest {
    private static final CacheKey KEY = new CacheKey(new BaseKey("http", "h", "/a", null), "");
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private final FetchCoalescer coalescer = new FetchCoalescer(vertx);

    @AfterEach
    void close() {
        Sync.get(vertx.close());
    }

    @Test
    void shouldLetTheNextOneLeadOnceTheLeaderHasSettled() {
        Leader leader = (Leader) coalescer.join(KEY, LONG);
        Follower follower = (Follower) coalescer.join(KEY, LONG);

        leader.settle(new Settlement.Stored());
        leader.settle(new Settlement.NotShared());

        assertThat(Sync.get(follower.settlement())).isEqualTo(new Settlement.Stored());
        assertThat(coalescer.join(KEY, LONG)).isInstanceOf(Leader.class);
        assertThat(coalescer.waiting()).isZero();
    }

    @Test
    void shouldNotWaitForLongerThanAllowed() {
        coalescer.join(KEY, LONG);

        Follower impatient = (Follower) coalescer.join(KEY, Duration.ofMillis(1));

        assertThat(Sync.get(impatient.settlement())).isInstanceOf(Settlement.WaitExceeded.class);
        assertThat(coalescer.waiting()).isZero();
    }

    @Test
    @DisplayName("a late leader gets relief from a few of those who wait, and the first of them serves the rest")
    void shouldRelieveALateLeaderByAFew() {
        coalescer.join(KEY, LONG);
        List<Future<Settlement>> waits = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            waits.add(((Follower) coalescer.join(KEY, Duration.ofMillis(5))).settlement());
        }
        await().untilAsserted(() -> assertThat(reliefs(waits)).hasSize(4));

        reliefs(waits).getFirst().settle(new Settlement.Failed(OriginFailure.UNREACHABLE));
        await().untilAsserted(() -> assertThat(reliefs(waits)).hasSize(5));
        assertThat(coalescer.waiting()).isEqualTo(45);
        reliefs(waits).getLast().settle(new Settlement.Stored());

        for (Future<Settlement> wait : waits) {
            assertThat(Sync.get(wait)).isInstanceOfAny(Settlement.Stored.class, Settlement.WaitExceeded.class);
        }
        assertThat(reliefs(waits)).hasSize(5);
        assertThat(coalescer.waiting()).isZero();
    }

    private static List<Leader> reliefs(List<Future<Settlement>> waits) {
        return waits.stream()
                .map(Future::result)
                .filter(Settlement.WaitExceeded.class::isInstance)
                .map(late -> ((Settlement.WaitExceeded) late).relief())
                .toList();
    }

    @Test
    void shouldFollowWithoutEverLeading() {
        assertThat(coalescer.follow(KEY, LONG)).isNull();
        Leader leader = (Leader) coalescer.join(KEY, LONG);
        Follower follower = coalescer.follow(KEY, LONG);

        leader.settle(new Settlement.Unsuccessful(500));

        assertThat(Sync.get(follower.settlement())).isEqualTo(new Settlement.Unsuccessful(500));
    }

    @Test
    void shouldLeadInTheBackgroundOnlyWhenNobodyDoes() {
        Leader first = coalescer.tryLead(KEY);

        assertThat(coalescer.tryLead(KEY)).isNull();
        first.settle(new Settlement.NotShared());
        assertThat(coalescer.tryLead(KEY)).isNotNull();
    }

    @Test
    @DisplayName("whenever somebody joins, it leads or hears from a leader: nobody is forgotten")
    void shouldForgetNobody() throws Exception {
        int joining = 20_000;
        AtomicInteger leading = new AtomicInteger();
        AtomicInteger leadersAtOnce = new AtomicInteger();
        List<Future<Settlement>> waits = java.util.Collections.synchronizedList(new ArrayList<>());
        CountDownLatch joined = new CountDownLatch(joining);
        try (ExecutorService crowd = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < joining; i++) {
                crowd.execute(() -> {
                    switch (coalescer.join(KEY, LONG)) {
                        case Leader leader -> {
                            leadersAtOnce.accumulateAndGet(leading.incrementAndGet(), Math::max);
                            leading.decrementAndGet();
                            leader.settle(new Settlement.Stored());
                        }
                        case Follower(var settlement) -> waits.add(settlement);
                    }
                    joined.countDown();
                });
            }
            joined.await();
        }

        for (Future<Settlement> wait : waits) {
            assertThat(Sync.get(wait)).isEqualTo(new Settlement.Stored());
        }
        assertThat(leadersAtOnce).hasValue(1);
        assertThat(coalescer.waiting()).isZero();
    }

    @Test
    void shouldWakeAWaiterOnItsOwnEventLoop() throws Exception {
        Leader leader = (Leader) coalescer.join(KEY, LONG);
        CountDownLatch woken = new CountDownLatch(1);
        CountDownLatch waiting = new CountDownLatch(1);
        List<String> threads = java.util.Collections.synchronizedList(new ArrayList<>());
        vertx.getOrCreateContext().runOnContext(v -> {
            threads.add(Thread.currentThread().getName());
            Ticket ticket = coalescer.join(KEY, LONG);
            ((Follower) ticket).settlement().onComplete(settled -> {
                threads.add(Thread.currentThread().getName());
                woken.countDown();
            });
            waiting.countDown();
        });
        waiting.await();

        leader.settle(new Settlement.Stored());

        woken.await();
        assertThat(threads.getFirst()).isEqualTo(threads.getLast());
    }
}
