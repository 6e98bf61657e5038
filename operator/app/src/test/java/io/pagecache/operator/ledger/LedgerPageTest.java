package io.pagecache.operator.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.pagecache.operator.compile.PlanJson;
import io.pagecache.plan.PurgeLedger;
import io.pagecache.plan.PurgeMode;
import io.pagecache.plan.PurgeOrder;
import io.pagecache.plan.PurgeScope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LedgerPageTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final List<PurgeScope> ALL = List.of(new PurgeScope.All());

    @Test
    void shouldNumberOrdersWithoutGaps() {
        LedgerPage page = LedgerPage.EMPTY.order("a", PurgeMode.HARD, ALL, NOW).order("b", PurgeMode.SOFT, ALL, NOW);

        assertThat(page.ledger().orders()).extracting(PurgeOrder::sequence).containsExactly(1L, 2L);
        assertThat(page.ledger().lastSequence()).isEqualTo(2);
    }

    @Test
    void shouldOrderAnObjectOnce() {
        LedgerPage page = LedgerPage.EMPTY.order("uid", PurgeMode.HARD, ALL, NOW);

        assertThat(page.order("uid", PurgeMode.HARD, ALL, NOW)).isEqualTo(page);
    }

    @Test
    void shouldTakeUpAnAnnotationOnceButAnOldValueAgainAfterAnother() {
        LedgerPage first = LedgerPage.EMPTY.takeUp("all @1", PurgeMode.HARD, ALL, NOW);
        LedgerPage second = first.takeUp("all @2", PurgeMode.HARD, ALL, NOW);

        assertThat(first.takeUp("all @1", PurgeMode.HARD, ALL, NOW)).isEqualTo(first);
        assertThat(second.takeUp("all @1", PurgeMode.HARD, ALL, NOW).ledger().lastSequence())
                .isEqualTo(3);
    }

    @Test
    void shouldRememberTheAnnotationWhenItsOrderHasLeftTheLedger() {
        LedgerPage page = LedgerPage.EMPTY.takeUp("all @1", PurgeMode.HARD, ALL, NOW);

        for (int i = 0; i < PurgeLedger.CAPACITY; i++) {
            page = page.order("uid-" + i, PurgeMode.HARD, ALL, NOW);
        }

        assertThat(page.ledger().orders()).hasSize(PurgeLedger.CAPACITY);
        assertThat(page.find("all @1")).isEmpty();
        assertThat(page.takeUp("all @1", PurgeMode.HARD, ALL, NOW)).isEqualTo(page);
    }

    @Test
    @DisplayName(
            "100 purges a second for a quarter of an hour: neither the ledger nor its ConfigMap grows, and no number is lost")
    void shouldNotGrowUnderASustainedLoadOfPurges() {
        LedgerPage page = LedgerPage.EMPTY;
        int purges = 100 * 60 * 15;
        int longest = 0;

        for (int i = 1; i <= purges; i++) {
            page = page.order("uid-" + i, PurgeMode.SOFT, List.of(new PurgeScope.Tag("article-" + i)), NOW);
            if (i % 1000 == 0) {
                longest = Math.max(longest, PlanJson.write(page.ledger()).length());
            }
        }

        assertThat(page.ledger().lastSequence()).isEqualTo(purges);
        assertThat(page.ledger().orders()).hasSize(PurgeLedger.CAPACITY);
        assertThat(longest).isLessThan(64 * 1024);
    }

    @Test
    void shouldRememberWhatWasTakenUpBesideTheLedger() {
        LedgerPage page = LedgerPage.EMPTY
                .rememberRollouts(Map.of("Deployment shop", "uid/3"))
                .rememberHooks(Map.of("cdn", 7L))
                .rememberBypasses(NOW)
                .rememberAuthors("cut-over @1");

        assertThat(TakenUp.of(page.taken().annotations(Map.of()))).isEqualTo(page.taken());
    }

    @Test
    void shouldTakeBackWhatIsNoLongerRemembered() {
        Map<String, String> stored =
                LedgerPage.EMPTY.rememberHooks(Map.of("cdn", 7L)).taken().annotations(Map.of());

        Map<String, String> after = TakenUp.NOTHING.annotations(stored);

        assertThat(TakenUp.of(after)).isEqualTo(TakenUp.NOTHING);
        assertThat(after).containsKeys("pagecache.io/hooks-told");
        assertThat(TakenUp.NOTHING.annotations(Map.of())).isEmpty();
    }

    @Test
    void shouldCountWhatSomebodyMadeUnreadableAsNeverSeen() {
        assertThat(TakenUp.of(Map.of("pagecache.io/hooks-told", "{", "pagecache.io/rollouts-taken-up", "{}")))
                .isEqualTo(TakenUp.NOTHING);
    }

    @Test
    void shouldDropOrdersThatLeaveNoRoomForThePlan() {
        List<PurgeScope> large = List.of(new PurgeScope.Tag("x".repeat(200_000)));

        LedgerPage page =
                LedgerPage.EMPTY.order("a", PurgeMode.HARD, large, NOW).order("b", PurgeMode.HARD, large, NOW);

        assertThat(page.ledger().lastSequence()).isEqualTo(2);
        assertThat(page.ledger().orders()).extracting(PurgeOrder::token).containsExactly("b");
    }

    @Test
    void shouldGoOnAboveWhatProxiesHaveAppliedWhenTheLedgerWasLost() {
        LedgerPage page = LedgerPage.EMPTY.raisedTo(7).order("a", PurgeMode.HARD, ALL, NOW);

        assertThat(page.ledger().orders()).extracting(PurgeOrder::sequence).containsExactly(8L);
        assertThat(page.raisedTo(3)).isEqualTo(page);
    }

    @Test
    void shouldOrderAgainWhatWasNumberedAfterTheLedgerWasLost() {
        LedgerPage page = LedgerPage.EMPTY
                .order("a", PurgeMode.HARD, ALL, NOW)
                .takeUp("all @1", PurgeMode.SOFT, ALL, NOW)
                .raisedTo(7);

        assertThat(page.ledger().orders()).extracting(PurgeOrder::sequence).containsExactly(8L, 9L);
        assertThat(page.find("all @1")).map(PurgeOrder::sequence).contains(9L);
        assertThat(page.ledger().lastSequence()).isEqualTo(9);
    }

    @Test
    void shouldTreatAnUnreadableLedgerAsLost() {
        LedgerPage page = LedgerPage.of(new ConfigMapBuilder()
                .withNewMetadata()
                .addToAnnotations("pagecache.io/purge-taken-up", "all @1")
                .endMetadata()
                .addToData("purges.json", "{")
                .build());

        assertThat(page).isEqualTo(new LedgerPage(PurgeLedger.EMPTY, "all @1"));
    }
}
