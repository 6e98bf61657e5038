package io.pagecache.operator.status;

import static io.pagecache.operator.observe.Reports.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.operator.observe.DeploymentProgress;
import io.pagecache.operator.observe.PlanRollout;
import io.pagecache.operator.observe.PlanRollout.Obstacle;
import io.pagecache.operator.observe.PlanRollout.OriginFailure;
import io.pagecache.operator.policy.Verdict;
import io.pagecache.operator.resolve.UnresolvedRef;
import io.pagecache.operator.resolve.UnresolvedRef.Missing;
import io.pagecache.operator.status.Finding.Truth;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PolicyConditionsTest {
    private static final Verdict ACCEPTED = new Verdict.Accepted();
    private static final Verdict REJECTED =
            new Verdict.Rejected(Verdict.Reason.INVALID, "spec.hosts[0]", "is odd: expected a name");
    private static final DeploymentProgress AVAILABLE = new DeploymentProgress(2, 2, true, Optional.empty());

    @Test
    void shouldBeTrueThroughoutWhenAllIsWell() {
        List<Finding> findings = PolicyConditions.of(situation(ACCEPTED, "r", rollout(2, 2, 2, 2), AVAILABLE));

        assertThat(findings).hasSize(5).allMatch(finding -> finding.truth() == Truth.TRUE);
    }

    @Test
    void shouldNameTheFieldOfARejectedPolicyAndTheLastGoodPlan() {
        PolicySituation situation = situation(REJECTED, "r", rollout(2, 2, 2, 2), AVAILABLE);

        assertThat(finding(situation, ConditionType.ACCEPTED))
                .isEqualTo(Finding.no(ConditionType.ACCEPTED, "Invalid", "spec.hosts[0]: is odd: expected a name"));
        assertThat(finding(situation, ConditionType.PROGRAMMED))
                .isEqualTo(Finding.no(
                        ConditionType.PROGRAMMED,
                        "LastGoodPlan",
                        "The last accepted plan stays in force: 2 of 2 proxies run revision r."));
        assertThat(finding(situation, ConditionType.READY).truth()).isEqualTo(Truth.TRUE);
    }

    @Test
    void shouldHaveNoPlanWhenThePolicyWasNeverAccepted() {
        PolicySituation situation = situation(REJECTED, null, rollout(2, 0, 0, 0), AVAILABLE);

        assertThat(finding(situation, ConditionType.PROGRAMMED).reason()).isEqualTo("NoPlan");
    }

    @Test
    void shouldSayHowFarARolloutIsAndWhatIsInTheWay() {
        PlanRollout half = new PlanRollout(
                2, 2, 2, 1, 1, List.of(new Obstacle("shop-b", false, "connect timed out")), List.of(), List.of());

        assertThat(finding(situation(ACCEPTED, "r", half, AVAILABLE), ConditionType.PROGRAMMED))
                .isEqualTo(Finding.no(
                        ConditionType.PROGRAMMED,
                        "PartiallyProgrammed",
                        "1 of 2 proxies run revision r; shop-b: connect timed out."));
        assertThat(finding(situation(ACCEPTED, "r", rollout(2, 0, 0, 0), AVAILABLE), ConditionType.PROGRAMMED)
                        .reason())
                .isEqualTo("Reconciling");
    }

    @Test
    void shouldQuoteTheProxyThatRefuses() {
        PlanRollout refused = new PlanRollout(
                2, 2, 2, 2, 1, List.of(new Obstacle("shop-b", true, "hosts is odd")), List.of(), List.of());

        assertThat(finding(situation(ACCEPTED, "r", refused, AVAILABLE), ConditionType.PROGRAMMED))
                .isEqualTo(Finding.no(ConditionType.PROGRAMMED, "RefusedByProxy", "shop-b: hosts is odd"));
    }

    @Test
    void shouldPassOnWhyPodsCannotBeMade() {
        DeploymentProgress quota = new DeploymentProgress(
                0, 0, true, Optional.of(new DeploymentProgress.Failure("FailedCreate", "exceeded quota")));

        assertThat(finding(situation(ACCEPTED, "r", rollout(2, 0, 0, 0), quota), ConditionType.READY))
                .isEqualTo(Finding.no(ConditionType.READY, "FailedCreate", "0 of 2 proxies are ready: exceeded quota"));
    }

    @Test
    void shouldSaySinceWhenTheOriginFails() {
        PlanRollout failing =
                new PlanRollout(2, 2, 2, 2, 2, List.of(), List.of(new OriginFailure("shop-a", NOW)), List.of());

        assertThat(finding(situation(ACCEPTED, "r", failing, AVAILABLE), ConditionType.ORIGIN_HEALTHY)
                        .message())
                .isEqualTo("The origin has failed since 2026-11-22T10:00:00Z on 1 of 2 proxies.");
    }

    @Test
    void shouldNotKnowTheOriginBeforeAProxyHasReported() {
        assertThat(finding(situation(ACCEPTED, "r", rollout(2, 0, 0, 0), AVAILABLE), ConditionType.ORIGIN_HEALTHY)
                        .truth())
                .isEqualTo(Truth.UNKNOWN);
    }

    @Test
    void shouldNameWhatAReferenceMisses() {
        PolicySituation situation = missing(new UnresolvedRef(Missing.ORIGIN, "Service web/shop does not exist."));

        assertThat(finding(situation, ConditionType.RESOLVED_REFS))
                .isEqualTo(
                        Finding.no(ConditionType.RESOLVED_REFS, "BackendNotFound", "Service web/shop does not exist."));
        assertThat(finding(situation, ConditionType.ORIGIN_HEALTHY).reason()).isEqualTo("BackendNotFound");
        assertThat(finding(situation, ConditionType.PROGRAMMED).truth()).isEqualTo(Truth.TRUE);
    }

    @Test
    void shouldQuoteWhyACertificateIsNotServed() {
        PlanRollout troubled = new PlanRollout(
                2, 2, 2, 2, 2, List.of(), List.of(), List.of("Secret shop-tls: cannot be read; none is served."));

        assertThat(finding(situation(ACCEPTED, "r", troubled, AVAILABLE), ConditionType.RESOLVED_REFS))
                .isEqualTo(Finding.no(
                        ConditionType.RESOLVED_REFS,
                        "InvalidCertificateRef",
                        "Secret shop-tls: cannot be read; none is served."));
        assertThat(finding(situation(ACCEPTED, "r", troubled, AVAILABLE), ConditionType.PROGRAMMED)
                        .truth())
                .isEqualTo(Truth.TRUE);
    }

    @Test
    void shouldTellAMissingSecretFromAMissingOrigin() {
        PolicySituation situation = missing(
                new UnresolvedRef(Missing.SECRET, "Secret web/jwt does not exist."),
                new UnresolvedRef(Missing.KEY, "ConfigMap web/texts has no key de."));

        assertThat(finding(situation, ConditionType.RESOLVED_REFS))
                .isEqualTo(Finding.no(
                        ConditionType.RESOLVED_REFS,
                        "SecretNotFound",
                        "Secret web/jwt does not exist. ConfigMap web/texts has no key de."));
        assertThat(finding(situation, ConditionType.ORIGIN_HEALTHY).truth()).isEqualTo(Truth.TRUE);
    }

    @Test
    void shouldNameAWorkloadThatIsMissingAndStillHaveAnOrigin() {
        PolicySituation situation = missing(new UnresolvedRef(Missing.WORKLOAD, "Deployment web/shop does not exist."));

        assertThat(finding(situation, ConditionType.RESOLVED_REFS))
                .isEqualTo(Finding.no(
                        ConditionType.RESOLVED_REFS, "WorkloadNotFound", "Deployment web/shop does not exist."));
        assertThat(finding(situation, ConditionType.ORIGIN_HEALTHY).truth()).isEqualTo(Truth.TRUE);
    }

    private static PolicySituation missing(UnresolvedRef... references) {
        return new PolicySituation(ACCEPTED, List.of(references), "r", rollout(2, 2, 2, 2), AVAILABLE);
    }

    private static PolicySituation situation(
            Verdict verdict, @Nullable String revision, PlanRollout rollout, DeploymentProgress deployment) {
        return new PolicySituation(verdict, List.of(), revision, rollout, deployment);
    }

    private static PlanRollout rollout(int desired, int ready, int serving, int programmed) {
        return new PlanRollout(desired, ready, serving, serving, programmed, List.of(), List.of(), List.of());
    }

    private static Finding finding(PolicySituation situation, ConditionType type) {
        return PolicyConditions.of(situation).stream()
                .filter(finding -> finding.type() == type)
                .findFirst()
                .orElseThrow();
    }
}
