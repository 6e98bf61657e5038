package io.pagecache.operator.status;

import io.fabric8.kubernetes.api.model.Condition;
import io.pagecache.api.v1alpha1.PageCachePolicyStatus;
import io.pagecache.operator.config.OperatorConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * When a policy is looked at again although no event came. What is on its way is looked at often, at first; what stays stuck is
 * left to a slower rhythm, so that one unreachable proxy does not keep the operator busy for hours.
 */
public final class NextLook {
    private static final Duration IMPATIENT_FOR = Duration.ofMinutes(1);
    private static final int PATIENT_FACTOR = 5;

    /** Only a new plan or a new build can end these. */
    private static final Set<String> NOT_ON_ITS_WAY = Set.of("NoPlan", "LastGoodPlan", "RefusedByProxy");

    private NextLook() {}

    /** @return empty when the regular pass is soon enough */
    public static Optional<Duration> after(PageCachePolicyStatus status, OperatorConfig.Passes passes, Instant now) {
        Optional<Instant> waitingSince = programmedSince(status)
                .or(() -> PurgeReport.isOnItsWay(status.purge()) ? purgeSince(status) : Optional.empty())
                .or(() -> unresolvedSince(status));
        return waitingSince.map(since -> now.isBefore(since.plus(IMPATIENT_FOR))
                ? passes.quick()
                : passes.quick().multipliedBy(PATIENT_FACTOR));
    }

    private static Optional<Instant> programmedSince(PageCachePolicyStatus status) {
        return Conditions.find(status.conditions(), ConditionType.PROGRAMMED)
                .filter(condition -> !"True".equals(condition.getStatus()))
                .filter(condition -> !NOT_ON_ITS_WAY.contains(condition.getReason()))
                .map(Condition::getLastTransitionTime)
                .map(Instant::parse);
    }

    /** Services are watched; other objects are only asked for. */
    private static Optional<Instant> unresolvedSince(PageCachePolicyStatus status) {
        return Conditions.find(status.conditions(), ConditionType.RESOLVED_REFS)
                .filter(condition -> "False".equals(condition.getStatus()))
                .filter(condition -> !"BackendNotFound".equals(condition.getReason()))
                .map(Condition::getLastTransitionTime)
                .map(Instant::parse);
    }

    private static Optional<Instant> purgeSince(PageCachePolicyStatus status) {
        return Optional.ofNullable(status.purge())
                .map(PageCachePolicyStatus.Purge::requestedAt)
                .map(Instant::parse);
    }
}
