package io.pagecache.operator.status;

import io.pagecache.operator.observe.DeploymentProgress;
import io.pagecache.operator.observe.PlanRollout;
import io.pagecache.operator.policy.Verdict;
import io.pagecache.operator.resolve.UnresolvedRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the status of a policy is made from.
 *
 * @param unresolved every reference without a target
 * @param revision of the plan that the proxies should run: the policy's own, or the last good one; null before the first
 */
public record PolicySituation(
        Verdict verdict,
        List<UnresolvedRef> unresolved,
        @Nullable String revision,
        PlanRollout rollout,
        DeploymentProgress deployment) {
    public PolicySituation {
        unresolved = List.copyOf(unresolved);
    }
}
