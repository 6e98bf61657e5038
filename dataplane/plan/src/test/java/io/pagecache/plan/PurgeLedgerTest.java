package io.pagecache.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PurgeLedgerTest {

    @Test
    void shouldAcceptConsecutiveOrdersEndingAtTheLastSequence() {
        assertThat(new PurgeLedger(7, List.of(order(6), order(7))).orders()).hasSize(2);
    }

    @Test
    void shouldRefuseAGap() {
        assertThatThrownBy(() -> new PurgeLedger(7, List.of(order(5), order(7))))
                .hasMessage("purges.orders has sequence 5 where 6 was expected");
    }

    @Test
    void shouldRefuseOrdersThatEndBeforeTheLastSequence() {
        assertThatThrownBy(() -> new PurgeLedger(8, List.of(order(6), order(7))))
                .hasMessage("purges.orders has sequence 6 where 7 was expected");
    }

    @Test
    void shouldRefuseMoreOrdersThanItsCapacity() {
        List<PurgeOrder> tooMany = LongStream.rangeClosed(1, PurgeLedger.CAPACITY + 1L)
                .mapToObj(PurgeLedgerTest::order)
                .toList();

        assertThatThrownBy(() -> new PurgeLedger(PurgeLedger.CAPACITY + 1L, tooMany))
                .hasMessage("purges.orders has 257 entries: at most 256");
    }

    @Test
    void shouldGiveTheNextSequenceToAnAppendedPurge() {
        PurgeLedger ledger = new PurgeLedger(7, List.of(order(7)))
                .append("t8", PurgeMode.SOFT, List.of(new PurgeScope.All()), Instant.EPOCH);

        assertThat(ledger).isEqualTo(new PurgeLedger(8, List.of(order(7), order(8))));
    }

    @Test
    void shouldDropTheOldestOrderWhenItIsFull() {
        PurgeLedger ledger = PurgeLedger.EMPTY;
        for (int i = 0; i <= PurgeLedger.CAPACITY; i++) {
            ledger = ledger.append("t", PurgeMode.HARD, List.of(new PurgeScope.All()), Instant.EPOCH);
        }

        assertThat(ledger.orders()).hasSize(PurgeLedger.CAPACITY);
        assertThat(ledger.orders().getFirst().sequence()).isEqualTo(2);
        assertThat(ledger.lastSequence()).isEqualTo(PurgeLedger.CAPACITY + 1L);
    }

    private static PurgeOrder order(long sequence) {
        return new PurgeOrder(sequence, "t" + sequence, PurgeMode.SOFT, List.of(new PurgeScope.All()), Instant.EPOCH);
    }
}
