package io.pagecache.purge;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.plan.PurgeLedger;
import io.pagecache.plan.PurgeMode;
import io.pagecache.plan.PurgeOrder;
import io.pagecache.plan.PurgeScope;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CutOverTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final List<String> purged = new ArrayList<>();
    private final PurgeLog log = new PurgeLog(this::purge, Clock.fixed(NOW, ZoneOffset.UTC));

    private PurgeOutcome purge(PurgeOrder order, Instant now) {
        purged.add(order.token());
        return new PurgeOutcome(1);
    }

    private static PurgeOrder order(long sequence, PurgeOrder.CutOver cutOver) {
        return new PurgeOrder(
                sequence, "order-" + sequence, PurgeMode.HARD, List.of(new PurgeScope.All()), NOW, cutOver);
    }

    private static PurgeLedger ledger(Instant at) {
        return new PurgeLedger(3, List.of(order(1, null), order(2, new PurgeOrder.CutOver(at, NOW)), order(3, null)));
    }

    @Test
    void shouldWaitForItsInstantAndKeepTheOrder() {
        PurgeLedger ledger = ledger(NOW.plusSeconds(2));

        log.apply(ledger, NOW);

        assertThat(purged).containsExactly("order-1");
        assertThat(log.waiting(ledger, NOW)).isEqualTo(ledger.orders().get(1));
        log.apply(ledger, NOW.plusSeconds(2));
        assertThat(purged).containsExactly("order-1", "order-2", "order-3");
        assertThat(log.waiting(ledger, NOW.plusSeconds(2))).isNull();
    }

    @Test
    void shouldNotWaitForAnInstantThatIsOver() {
        log.apply(ledger(NOW.minusSeconds(60)), NOW);

        assertThat(purged).hasSize(3);
    }

    @Test
    void shouldNotWaitLongerThanAnyCutOverIsOrderedAhead() {
        log.apply(ledger(NOW.plus(PurgeLog.LONGEST_WAIT).plusSeconds(1)), NOW);

        assertThat(purged).hasSize(3);
    }
}
