package io.pagecache.operator.policy;

import io.pagecache.api.v1alpha1.CacheBehaviour.Key;
import io.pagecache.api.v1alpha1.DefaultsSpec;
import io.pagecache.api.v1alpha1.PageCachePolicySpec;
import io.pagecache.api.v1alpha1.RuleSpec;
import org.jspecify.annotations.Nullable;

/** Lays each rule over the defaults, field by field; the parts of {@code key} count as fields of their own. */
public final class PolicyMerger {
    private PolicyMerger() {}

    public static EffectivePolicy merge(PageCachePolicySpec spec) {
        DefaultsSpec defaults = spec.defaults();
        return new EffectivePolicy(
                defaults,
                spec.rules().stream()
                        .map(rule -> new EffectivePolicy.EffectiveRule(
                                rule.name(),
                                rule.match(),
                                merge(defaults, rule),
                                either(rule.esi(), spec.pages().esi())))
                        .toList());
    }

    private static DefaultsSpec merge(DefaultsSpec defaults, RuleSpec rule) {
        return new DefaultsSpec(
                either(rule.cache(), defaults.cache()),
                eitherOrNeither(rule.ttl(), defaults.ttl()),
                eitherOrNeither(rule.ttlByStatus(), defaults.ttlByStatus()),
                either(rule.staleWhileRevalidate(), defaults.staleWhileRevalidate()),
                either(rule.staleIfError(), defaults.staleIfError()),
                mergeKeys(defaults.key(), rule.key()),
                either(rule.requestCookies(), defaults.requestCookies()),
                either(rule.etag(), defaults.etag()),
                either(rule.compress(), defaults.compress()),
                either(rule.coalesce(), defaults.coalesce()),
                eitherOrNeither(rule.tags(), defaults.tags()),
                either(rule.elements(), defaults.elements()));
    }

    private static Key mergeKeys(Key defaults, @Nullable Key rule) {
        if (rule == null) {
            return defaults;
        }
        return new Key(
                eitherOrNeither(rule.query(), defaults.query()),
                eitherOrNeither(rule.headers(), defaults.headers()),
                eitherOrNeither(rule.cookies(), defaults.cookies()),
                eitherOrNeither(rule.languages(), defaults.languages()),
                eitherOrNeither(rule.device(), defaults.device()),
                eitherOrNeither(rule.experiments(), defaults.experiments()));
    }

    private static <T> T either(@Nullable T ofRule, T ofDefaults) {
        return ofRule == null ? ofDefaults : ofRule;
    }

    private static <T> @Nullable T eitherOrNeither(@Nullable T ofRule, @Nullable T ofDefaults) {
        return ofRule == null ? ofDefaults : ofRule;
    }
}
