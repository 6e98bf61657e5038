package io.pagecache.purge;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.plan.ProxyState.PurgeResult;
import io.pagecache.plan.PurgeLedger;
import io.pagecache.plan.PurgeMode;
import io.pagecache.plan.PurgeOrder;
import io.pagecache.plan.PurgeScope;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PurgeLogTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final List<String> purged = new ArrayList<>();
    private final PurgeLog log = new PurgeLog(this::purge, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void shouldApplyOrdersInOrder() {
        List<PurgeResult> results = log.apply(ledger(1, 3));

        assertThat(purged).containsExactly("order-1", "order-2", "order-3");
        assertThat(results).extracting(PurgeResult::sequence).containsExactly(1L, 2L, 3L);
        assertThat(results.getFirst()).isEqualTo(new PurgeResult(1, "order-1", 7, NOW));
        assertThat(log.sequence()).isEqualTo(3);
        assertThat(log.recent()).isEqualTo(results);
    }

    @Test
    void shouldApplyEachOrderOnce() {
        log.apply(ledger(1, 2));

        List<PurgeResult> results = log.apply(ledger(1, 3));

        assertThat(results).extracting(PurgeResult::sequence).containsExactly(3L);
        assertThat(purged).containsExactly("order-1", "order-2", "order-3");
    }

    @Test
    void shouldIgnoreLedgerThatIsBehind() {
        log.apply(ledger(1, 3));

        assertThat(log.apply(ledger(1, 2))).isEmpty();
        assertThat(log.apply(PurgeLedger.EMPTY)).isEmpty();
        assertThat(log.sequence()).isEqualTo(3);
        assertThat(purged).hasSize(3);
    }

    @Test
    void shouldPurgeEverythingWhenOrdersWereMissed() {
        log.apply(ledger(1, 2));

        List<PurgeResult> results = log.apply(ledger(5, 6));

        assertThat(purged).containsExactly("order-1", "order-2", "everything", "order-5", "order-6");
        assertThat(results).extracting(PurgeResult::sequence).containsExactly(5L, 6L);
        assertThat(log.sequence()).isEqualTo(6);
    }

    @Test
    void shouldPurgeEverythingWhenLedgerOnlySaysHowFarItIs() {
        assertThat(log.apply(new PurgeLedger(9, List.of()))).isEmpty();

        assertThat(purged).containsExactly("everything");
        assertThat(log.sequence()).isEqualTo(9);
    }

    @Test
    void shouldFollowLedgerThatWasBegunAnew() {
        log.apply(ledger(1, 5));
        PurgeLedger anew = new PurgeLedger(1, List.of(order(1, "another")));

        List<PurgeResult> results = log.apply(anew);

        assertThat(purged).endsWith("order-5", "everything", "another");
        assertThat(results).extracting(PurgeResult::token).containsExactly("another");
        assertThat(log.sequence()).isEqualTo(1);
    }

    @Test
    void shouldBoundWhatItRemembers() {
        for (long last = 1; last <= 600; last++) {
            log.apply(ledger(last, last));
        }

        assertThat(log.recent()).hasSize(PurgeLedger.CAPACITY);
        assertThat(log.recent().getLast().sequence()).isEqualTo(600);
    }

    private PurgeOutcome purge(PurgeOrder order, Instant now) {
        purged.add(order.scopes().getFirst() instanceof PurgeScope.All ? "everything" : order.token());
        return new PurgeOutcome(7);
    }

    private static PurgeLedger ledger(long first, long last) {
        return new PurgeLedger(
                last,
                LongStream.rangeClosed(first, last)
                        .mapToObj(sequence -> order(sequence, "order-" + sequence))
                        .toList());
    }

    private static PurgeOrder order(long sequence, String token) {
        return new PurgeOrder(sequence, token, PurgeMode.HARD, List.of(new PurgeScope.Url("/x")), NOW);
    }
}
