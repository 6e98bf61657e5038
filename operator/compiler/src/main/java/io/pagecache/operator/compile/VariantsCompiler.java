package io.pagecache.operator.compile;

import io.pagecache.api.v1alpha1.ExperimentSpec;
import io.pagecache.api.v1alpha1.PageCachePolicySpec;
import io.pagecache.api.v1alpha1.RedirectsSpec;
import io.pagecache.plan.Variants;
import org.jspecify.annotations.Nullable;

/** What parts readers of one URL, from a policy's words to the plan's. */
final class VariantsCompiler {
    private VariantsCompiler() {}

    static Variants compile(PageCachePolicySpec spec) {
        return new Variants(
                spec.experiments().stream().map(VariantsCompiler::experiment).toList(),
                redirect(spec.redirects().language()));
    }

    private static Variants.Experiment experiment(ExperimentSpec said) {
        return new Variants.Experiment(
                said.name(),
                said.cookie(),
                said.groups().stream()
                        .map(group -> new Variants.Group(group.name(), group.weight()))
                        .toList());
    }

    private static Variants.@Nullable LanguageRedirect redirect(RedirectsSpec.@Nullable Language said) {
        return said == null
                ? null
                : new Variants.LanguageRedirect(
                        said.hosts(),
                        said.stay(),
                        said.targets().stream()
                                .map(target -> new Variants.Target(target.language(), target.host()))
                                .toList(),
                        said.cookie());
    }
}
