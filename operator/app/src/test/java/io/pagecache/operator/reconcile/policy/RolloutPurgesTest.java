package io.pagecache.operator.reconcile.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.api.v1alpha1.PageCachePurgeSpec.Mode;
import io.pagecache.api.v1alpha1.PurgingSpec.RolloutPurge;
import io.pagecache.api.v1alpha1.PurgingSpec.WorkloadKind;
import io.pagecache.operator.ledger.LedgerPage;
import io.pagecache.operator.rollout.WorkloadState;
import io.pagecache.operator.rollout.WorkloadState.Absent;
import io.pagecache.operator.rollout.WorkloadState.Complete;
import io.pagecache.operator.rollout.WorkloadState.Rolling;
import io.pagecache.plan.PurgeMode;
import io.pagecache.plan.PurgeOrder;
import io.pagecache.plan.PurgeScope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RolloutPurgesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final RolloutPurge SHOP = new RolloutPurge(WorkloadKind.DEPLOYMENT, "shop", Mode.SOFT, null);

    @Test
    void shouldNotPurgeForWhatWasThereBefore() {
        LedgerPage page = seen(LedgerPage.EMPTY, new Complete("1"));

        assertThat(page.ledger().orders()).isEmpty();
        assertThat(page.taken().rollouts()).containsExactly(Map.entry("Deployment shop", "1"));
    }

    @Test
    void shouldPurgeOnceWhenTheNewVersionIsComplete() {
        LedgerPage before = seen(LedgerPage.EMPTY, new Complete("1"));

        LedgerPage rolling = seen(before, new Rolling("2"));
        LedgerPage complete = seen(rolling, new Complete("2"));
        LedgerPage later = seen(complete, new Complete("2"));

        assertThat(rolling.ledger().orders()).isEmpty();
        assertThat(complete.ledger().orders()).singleElement().satisfies(order -> {
            assertThat(order.mode()).isEqualTo(PurgeMode.SOFT);
            assertThat(order.scopes()).containsExactly(new PurgeScope.All());
        });
        assertThat(later).isEqualTo(complete);
    }

    @Test
    @DisplayName("a rollout that ended while the operator was away purges when it is back")
    void shouldPurgeForAVersionItNeverSawRolling() {
        LedgerPage page = seen(seen(LedgerPage.EMPTY, new Complete("1")), new Complete("2"));

        assertThat(page.ledger().orders()).hasSize(1);
    }

    @Test
    void shouldPurgeForARolloutThatWasTakenBack() {
        LedgerPage before = seen(LedgerPage.EMPTY, new Complete("1"));

        LedgerPage page = seen(seen(before, new Rolling("2")), new Complete("1"));

        assertThat(page.ledger().orders()).hasSize(1);
    }

    @Test
    void shouldNotTakeAFailingPodForARollout() {
        LedgerPage before = seen(LedgerPage.EMPTY, new Complete("1"));

        LedgerPage page = seen(seen(before, new Rolling("1")), new Complete("1"));

        assertThat(page).isEqualTo(before);
    }

    @Test
    void shouldRememberAWorkloadThatIsGoneAndForgetOneThatIsNotNamedAnyMore() {
        LedgerPage before = seen(LedgerPage.EMPTY, new Complete("1"));

        assertThat(seen(before, new Absent())).isEqualTo(before);
        assertThat(RolloutPurges.next(before, Map.of(), NOW).taken().rollouts()).isEmpty();
    }

    @Test
    void shouldPurgeAgainForAContentThatComesBack() {
        LedgerPage page = LedgerPage.EMPTY;
        for (String content : List.of("a", "b", "a")) {
            page = seen(page, new Complete(content));
        }

        assertThat(page.ledger().orders()).extracting(PurgeOrder::sequence).containsExactly(1L, 2L);
    }

    private static LedgerPage seen(LedgerPage page, WorkloadState state) {
        return RolloutPurges.next(page, Map.of(SHOP, state), NOW);
    }
}
