package io.pagecache.operator.status;

import static io.pagecache.operator.status.ConditionType.ACCEPTED;
import static io.pagecache.operator.status.ConditionType.ORIGIN_HEALTHY;
import static io.pagecache.operator.status.ConditionType.PROGRAMMED;
import static io.pagecache.operator.status.ConditionType.READY;
import static io.pagecache.operator.status.ConditionType.RESOLVED_REFS;

import io.pagecache.operator.observe.DeploymentProgress;
import io.pagecache.operator.observe.PlanRollout;
import io.pagecache.operator.policy.Verdict;
import io.pagecache.operator.resolve.UnresolvedRef;
import io.pagecache.operator.resolve.UnresolvedRef.Missing;
import java.util.List;
import java.util.stream.Collectors;

/** What each condition of a policy says in a situation, one function each. */
public final class PolicyConditions {
    private PolicyConditions() {}

    public static List<Finding> of(PolicySituation situation) {
        return List.of(
                accepted(situation),
                resolvedRefs(situation),
                programmed(situation),
                ready(situation),
                originHealthy(situation));
    }

    private static Finding accepted(PolicySituation situation) {
        return switch (situation.verdict()) {
            case Verdict.Accepted() -> Finding.yes(ACCEPTED, "Accepted", "The policy is valid.");
            case Verdict.Rejected rejected ->
                Finding.no(ACCEPTED, rejected.reason().text(), rejected.message());
        };
    }

    private static Finding resolvedRefs(PolicySituation situation) {
        List<UnresolvedRef> unresolved = situation.unresolved();
        if (!unresolved.isEmpty()) {
            return Finding.no(
                    RESOLVED_REFS,
                    unresolved.getFirst().missing().toString(),
                    unresolved.stream().map(UnresolvedRef::message).collect(Collectors.joining(" ")));
        }
        List<String> certificates = situation.rollout().certificateProblems();
        return certificates.isEmpty()
                ? Finding.yes(RESOLVED_REFS, "ResolvedRefs", "Every reference has its target.")
                : Finding.no(RESOLVED_REFS, "InvalidCertificateRef", String.join(" ", certificates));
    }

    private static Finding programmed(PolicySituation situation) {
        PlanRollout rollout = situation.rollout();
        String revision = situation.revision();
        if (revision == null) {
            return Finding.no(PROGRAMMED, "NoPlan", "There is no plan: the policy has never been accepted.");
        }
        String progress = "%d of %d proxies run revision %s"
                .formatted(rollout.programmed(), Math.max(rollout.desired(), rollout.serving()), revision);
        if (situation.verdict() instanceof Verdict.Rejected) {
            return Finding.no(PROGRAMMED, "LastGoodPlan", "The last accepted plan stays in force: " + progress + ".");
        }
        if (rollout.refusal().isPresent()) {
            PlanRollout.Obstacle refusal = rollout.refusal().get();
            return Finding.no(PROGRAMMED, "RefusedByProxy", refusal.proxy() + ": " + refusal.problem());
        }
        if (rollout.isProgrammed()) {
            return Finding.yes(PROGRAMMED, "Programmed", progress + ".");
        }
        String reason = rollout.programmed() == 0 ? "Reconciling" : "PartiallyProgrammed";
        return Finding.no(PROGRAMMED, reason, progress + obstacles(rollout) + ".");
    }

    private static String obstacles(PlanRollout rollout) {
        return rollout.obstacles().stream()
                .map(obstacle -> "; " + obstacle.proxy() + ": " + obstacle.problem())
                .collect(Collectors.joining());
    }

    private static Finding ready(PolicySituation situation) {
        PlanRollout rollout = situation.rollout();
        DeploymentProgress deployment = situation.deployment();
        String progress = "%d of %d proxies are ready".formatted(rollout.ready(), rollout.desired());
        if (deployment.failure().isPresent()) {
            DeploymentProgress.Failure failure = deployment.failure().get();
            return Finding.no(READY, failure.reason(), progress + ": " + failure.message());
        }
        return rollout.ready() >= rollout.desired() && deployment.isAvailable(rollout.desired())
                ? Finding.yes(READY, "Ready", progress + ".")
                : Finding.no(READY, "ProxiesNotReady", progress + ".");
    }

    private static Finding originHealthy(PolicySituation situation) {
        PlanRollout rollout = situation.rollout();
        if (situation.unresolved().stream().anyMatch(ref -> ref.missing() == Missing.ORIGIN)) {
            return Finding.no(ORIGIN_HEALTHY, "BackendNotFound", "There is no origin to ask.");
        }
        if (rollout.answered() == 0) {
            return Finding.unknown(ORIGIN_HEALTHY, "NoReport", "No proxy has reported yet.");
        }
        return rollout.originFailingSince()
                .map(since -> Finding.no(
                        ORIGIN_HEALTHY,
                        "OriginFailing",
                        "The origin has failed since %s on %d of %d proxies."
                                .formatted(since, rollout.failing().size(), rollout.answered())))
                .orElseGet(() -> Finding.yes(ORIGIN_HEALTHY, "OriginAnswers", "No proxy reports a failing origin."));
    }
}
