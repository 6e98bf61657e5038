package io.pagecache.operator.policy;

import io.pagecache.api.v1alpha1.DefaultsSpec;
import io.pagecache.api.v1alpha1.PagesSpec;
import io.pagecache.api.v1alpha1.RuleSpec;
import java.util.List;

/** What holds for each rule once the defaults have filled its gaps. */
public record EffectivePolicy(DefaultsSpec defaults, List<EffectiveRule> rules) {
    public EffectivePolicy {
        rules = List.copyOf(rules);
    }

    /**
     * @param behaviour complete: the rule's word where it said something, otherwise the defaults'
     * @param esi the rule's word, otherwise that of {@code pages}
     */
    public record EffectiveRule(String name, RuleSpec.Match match, DefaultsSpec behaviour, PagesSpec.Esi esi) {}
}
