package io.pagecache.operator.policy;

import io.pagecache.api.v1alpha1.CacheBehaviour.Cache;
import io.pagecache.api.v1alpha1.DefaultsSpec;
import io.pagecache.api.v1alpha1.PageCachePolicySpec;
import io.pagecache.operator.policy.EffectivePolicy.EffectiveRule;
import java.util.List;
import java.util.Optional;

final class LifetimeChecks {
    private LifetimeChecks() {}

    static Optional<Finding> firstMistake(PageCachePolicySpec spec) {
        EffectivePolicy effective = PolicyMerger.merge(spec);
        List<Field<DefaultsSpec>> behaviours = Field.concat(
                List.of(Field.of("spec.defaults.ttl", effective.defaults())),
                Field.each("spec.rules", ".ttl", effective.rules(), EffectiveRule::behaviour));
        return Field.firstWrong(behaviours, LifetimeChecks::problemOf);
    }

    private static Optional<String> problemOf(DefaultsSpec behaviour) {
        boolean hasLifetime = behaviour.ttl() != null
                || (behaviour.ttlByStatus() != null && !behaviour.ttlByStatus().isEmpty());
        return behaviour.cache() != Cache.ALWAYS || hasLifetime
                ? Optional.empty()
                : Optional.of("is missing where cache is Always: expected ttl or ttlByStatus here or in spec.defaults");
    }
}
