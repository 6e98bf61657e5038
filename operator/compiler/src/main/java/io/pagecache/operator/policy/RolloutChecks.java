package io.pagecache.operator.policy;

import io.pagecache.api.v1alpha1.PageCachePolicySpec;
import io.pagecache.api.v1alpha1.PageCachePurgeSpec.Scopes;
import io.pagecache.api.v1alpha1.PurgingSpec.RolloutPurge;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An object that is named twice would purge twice; a scope that cannot be read would purge nothing. */
final class RolloutChecks {
    private RolloutChecks() {}

    static Optional<Finding> firstMistake(PageCachePolicySpec spec) {
        List<RolloutPurge> rollouts = spec.purging().onRolloutOf();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < rollouts.size(); i++) {
            RolloutPurge rollout = rollouts.get(i);
            String path = "spec.purging.onRolloutOf[%d]".formatted(i);
            if (!seen.add(rollout.kind() + "/" + rollout.name())) {
                return Optional.of(
                        new Finding(path, "%s '%s' is named twice".formatted(rollout.kind(), rollout.name())));
            }
            Scopes scopes = rollout.scopes();
            Optional<Finding> mistake =
                    scopes == null ? Optional.empty() : PurgeSpecChecks.firstMistake(path + ".scopes", scopes);
            if (mistake.isPresent()) {
                return mistake;
            }
        }
        return Optional.empty();
    }
}
