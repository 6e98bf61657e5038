package io.pagecache.operator.observe;

import static io.pagecache.operator.observe.Reports.leaving;
import static io.pagecache.operator.observe.Reports.pod;
import static io.pagecache.operator.observe.Reports.refused;
import static io.pagecache.operator.observe.Reports.reported;
import static io.pagecache.operator.observe.Reports.state;
import static io.pagecache.operator.observe.Reports.unreachable;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.operator.push.ProxyPod;
import io.pagecache.operator.push.ProxyReport;
import io.pagecache.plan.ProxyState;
import io.pagecache.plan.ProxyState.CertificateState;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanRolloutTest {
    private static final ProxyPod A = pod("a");
    private static final ProxyPod B = pod("b");

    @Test
    void shouldBeProgrammedWhenEveryServingProxyRunsThePlan() {
        PlanRollout rollout = observe(2, reported(A, state("r2", 0)), reported(B, state("r2", 0)));

        assertThat(rollout.isProgrammed()).isTrue();
        assertThat(rollout.obstacles()).isEmpty();
    }

    @Test
    void shouldNotBeProgrammedWhileProxiesAreMissing() {
        PlanRollout rollout = observe(2, reported(A, state("r2", 0)));

        assertThat(rollout.isProgrammed()).isFalse();
    }

    @Test
    void shouldNotBeProgrammedWhileOneMoreThanWantedRunsAnotherPlan() {
        PlanRollout rollout = observe(
                2, reported(A, state("r2", 0)), reported(B, state("r2", 0)), reported(pod("c"), state("r1", 0)));

        assertThat(rollout.isProgrammed()).isFalse();
        assertThat(rollout.obstacles()).containsExactly(new PlanRollout.Obstacle("c", false, "runs revision r1"));
    }

    @Test
    void shouldNotWaitForAProxyThatLeaves() {
        List<ProxyReport> reports = List.of(reported(A, state("r2", 0)), unreachable(leaving("b")));

        PlanRollout rollout = PlanRollout.observe(1, List.of(A, leaving("b")), reports, "r2");

        assertThat(rollout.isProgrammed()).isTrue();
        assertThat(rollout.ready()).isEqualTo(1);
    }

    @Test
    void shouldTellARefusalFromSilence() {
        PlanRollout rollout = observe(2, unreachable(A), refused(B, state("r1", 0)));

        assertThat(rollout.refusal()).hasValue(new PlanRollout.Obstacle("b", true, "hosts is odd"));
        assertThat(rollout.answered()).isEqualTo(1);
    }

    @Test
    void shouldNameTheEarliestOriginFailure() {
        Instant early = Instant.parse("2026-11-22T09:00:00Z");
        Instant late = Instant.parse("2026-11-22T09:30:00Z");

        PlanRollout rollout = observe(2, reported(A, failing(late)), reported(B, failing(early)));

        assertThat(rollout.originFailingSince()).hasValue(early);
        assertThat(rollout.failing()).hasSize(2);
    }

    @Test
    void shouldSayOnceWhatIsWrongWithACertificateOnAllProxies() {
        Instant end = Instant.parse("2026-12-01T00:00:00Z");
        List<CertificateState> certificates = List.of(
                new CertificateState("00-shop-tls", end, "the key does not belong to the certificate"),
                new CertificateState("01-blog-tls", null, "tls.crt and tls.key are not both there"),
                new CertificateState("02-old-tls", Instant.parse("2026-11-01T00:00:00Z"), null),
                new CertificateState("03-good-tls", end, null));

        PlanRollout rollout = observe(2, reported(A, serving(certificates)), reported(B, serving(certificates)));

        assertThat(rollout.isProgrammed()).isTrue();
        assertThat(rollout.certificateProblems())
                .containsExactly(
                        "Secret blog-tls: tls.crt and tls.key are not both there; no certificate is served for it.",
                        "Secret old-tls: expired at 2026-11-01T00:00:00Z.",
                        "Secret shop-tls: the key does not belong to the certificate; the one before is served, until"
                                + " 2026-12-01T00:00:00Z.");
    }

    private static ProxyState serving(List<CertificateState> certificates) {
        Instant now = Instant.parse("2026-11-22T09:00:00Z");
        return new ProxyState("r2", 0, List.of(), now, null, null, null, now, null, null, certificates);
    }

    private static ProxyState failing(Instant since) {
        return new ProxyState("r2", 0, List.of(), since, since, null, null);
    }

    private static PlanRollout observe(int desired, ProxyReport... reports) {
        return PlanRollout.observe(
                desired, List.of(reports).stream().map(ProxyReport::pod).toList(), List.of(reports), "r2");
    }
}
