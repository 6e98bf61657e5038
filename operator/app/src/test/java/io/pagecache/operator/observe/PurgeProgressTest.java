package io.pagecache.operator.observe;

import static io.pagecache.operator.observe.Reports.NOW;
import static io.pagecache.operator.observe.Reports.leaving;
import static io.pagecache.operator.observe.Reports.pod;
import static io.pagecache.operator.observe.Reports.refused;
import static io.pagecache.operator.observe.Reports.reported;
import static io.pagecache.operator.observe.Reports.state;
import static io.pagecache.operator.observe.Reports.unreachable;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.plan.ProxyState.PurgeResult;
import io.pagecache.plan.PurgeMode;
import io.pagecache.plan.PurgeOrder;
import io.pagecache.plan.PurgeScope;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PurgeProgressTest {
    private static final PurgeOrder ORDER =
            new PurgeOrder(5, "all @1", PurgeMode.HARD, List.of(new PurgeScope.All()), NOW);

    @Test
    void shouldBeCompleteWhenEveryServingProxyHasAppliedIt() {
        PurgeProgress progress = PurgeProgress.of(
                ORDER,
                List.of(
                        reported(pod("a"), state("r", 5, new PurgeResult(5, "all @1", 40, NOW))),
                        reported(pod("b"), state("r", 6, new PurgeResult(5, "all @1", 2, NOW))),
                        unreachable(leaving("c"))));

        assertThat(progress.isComplete()).isTrue();
        assertThat(progress.summary()).isEqualTo("2/2");
        assertThat(progress.entries()).isEqualTo(42);
        assertThat(progress.failures()).isEmpty();
    }

    @Test
    void shouldSayWhoIsMissingAndWhy() {
        PurgeProgress progress = PurgeProgress.of(
                ORDER,
                List.of(
                        reported(pod("a"), state("r", 5)),
                        unreachable(pod("b")),
                        refused(pod("c"), state("r", 4)),
                        reported(pod("d"), state("r", 4))));

        assertThat(progress.isComplete()).isFalse();
        assertThat(progress.summary()).isEqualTo("1/4");
        assertThat(progress.failures())
                .containsExactly(
                        "b: connect timed out", "c: does not take the plan: hosts is odd", "d: has not applied it yet");
    }

    @Test
    void shouldBeCompleteWhereNothingRuns() {
        assertThat(PurgeProgress.of(ORDER, List.of()).isComplete()).isTrue();
    }

    @Test
    void shouldBeOverdueOnlyAfterItsTimeAndWhileIncomplete() {
        PurgeProgress incomplete = PurgeProgress.of(ORDER, List.of(unreachable(pod("a"))));
        PurgeProgress complete = PurgeProgress.of(ORDER, List.of(reported(pod("a"), state("r", 5))));
        Duration deadline = Duration.ofMinutes(5);

        assertThat(incomplete.isOverdue(deadline, NOW.plus(deadline))).isFalse();
        assertThat(incomplete.isOverdue(deadline, NOW.plus(deadline).plusMillis(1)))
                .isTrue();
        assertThat(complete.isOverdue(deadline, NOW.plus(deadline).plusMillis(1)))
                .isFalse();
    }
}
