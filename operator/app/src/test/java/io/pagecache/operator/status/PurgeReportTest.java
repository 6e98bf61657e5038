package io.pagecache.operator.status;

import static io.pagecache.operator.observe.Reports.NOW;
import static io.pagecache.operator.observe.Reports.pod;
import static io.pagecache.operator.observe.Reports.reported;
import static io.pagecache.operator.observe.Reports.state;
import static io.pagecache.operator.observe.Reports.unreachable;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.api.v1alpha1.PageCachePolicyStatus.Purge;
import io.pagecache.api.v1alpha1.PageCachePolicyStatus.PurgeState;
import io.pagecache.operator.push.ProxyReport;
import io.pagecache.plan.ProxyState.PurgeResult;
import io.pagecache.plan.PurgeMode;
import io.pagecache.plan.PurgeOrder;
import io.pagecache.plan.PurgeScope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PurgeReportTest {
    private static final Duration DEADLINE = Duration.ofMinutes(5);
    private static final String VALUE = "all @1";
    private static final PurgeOrder ORDER =
            new PurgeOrder(1, VALUE, PurgeMode.HARD, List.of(new PurgeScope.All()), NOW);
    private static final AnnotationPurge ORDERED = new AnnotationPurge.Ordered(VALUE, Optional.of(ORDER));
    private static final ProxyReport DONE = reported(pod("a"), state("r", 1, new PurgeResult(1, VALUE, 7, NOW)));
    private static final ProxyReport SILENT = unreachable(pod("b"));

    @Test
    void shouldBePendingUntilEveryProxyHasAcknowledged() {
        Purge purge = report(ORDERED, List.of(DONE, SILENT), null, NOW.plusSeconds(1));

        assertThat(purge.state()).isEqualTo(PurgeState.PENDING);
        assertThat(purge.proxies()).isEqualTo("1/2");
        assertThat(purge.failures()).containsExactly("b: connect timed out");
        assertThat(purge.completedAt()).isNull();
    }

    @Test
    void shouldStayCompleteWhateverLaterPodsReport() {
        Purge complete = report(ORDERED, List.of(DONE), null, NOW.plusSeconds(1));

        Purge later = report(ORDERED, List.of(DONE, SILENT), complete, NOW.plusSeconds(60));

        assertThat(complete.state()).isEqualTo(PurgeState.COMPLETE);
        assertThat(complete.entries()).isEqualTo(7);
        assertThat(later).isSameAs(complete);
    }

    @Test
    void shouldFailAfterItsTimeAndCompleteStill() {
        Purge failed =
                report(ORDERED, List.of(DONE, SILENT), null, NOW.plus(DEADLINE).plusSeconds(1));
        Purge complete =
                report(ORDERED, List.of(DONE), failed, NOW.plus(DEADLINE).plusSeconds(9));

        assertThat(failed.state()).isEqualTo(PurgeState.FAILED);
        assertThat(failed.message()).isEqualTo("Not acknowledged by every proxy within 300s.");
        assertThat(complete.state()).isEqualTo(PurgeState.COMPLETE);
    }

    @Test
    void shouldQuoteWhatIsWrongWithARejectedValue() {
        Purge purge = report(new AnnotationPurge.Rejected("alle", "column 1: 'alle'"), List.of(DONE), null, NOW);

        assertThat(purge.state()).isEqualTo(PurgeState.REJECTED);
        assertThat(purge.token()).isEqualTo("alle");
        assertThat(purge.message()).isEqualTo("column 1: 'alle'");
    }

    @Test
    void shouldStartAnewForTheSameValueOrderedAgain() {
        Purge complete = report(ORDERED, List.of(DONE), null, NOW.plusSeconds(1));
        PurgeOrder again = new PurgeOrder(3, VALUE, PurgeMode.HARD, ORDER.scopes(), NOW.plusSeconds(100));

        Purge purge = report(
                new AnnotationPurge.Ordered(VALUE, Optional.of(again)), List.of(DONE), complete, NOW.plusSeconds(101));

        assertThat(purge.state()).isEqualTo(PurgeState.PENDING);
    }

    @Test
    void shouldBeOpenOnlyUntilItIsComplete() {
        Purge pending = report(ORDERED, List.of(DONE, SILENT), null, NOW.plusSeconds(1));
        Purge complete = report(ORDERED, List.of(DONE), pending, NOW.plusSeconds(2));

        assertThat(PurgeReport.isOpen(ORDERED, null)).isTrue();
        assertThat(PurgeReport.isOpen(ORDERED, pending)).isTrue();
        assertThat(PurgeReport.isOpen(ORDERED, complete)).isFalse();
        assertThat(PurgeReport.isOpen(new AnnotationPurge.None(), null)).isFalse();
    }

    private static Purge report(
            AnnotationPurge purge, List<ProxyReport> reports, @Nullable Purge previous, Instant now) {
        Purge report = PurgeReport.of(purge, reports, previous, DEADLINE, now);
        assertThat(report).isNotNull();
        return report;
    }
}
