package io.pagecache.operator.policy;

import io.pagecache.api.v1alpha1.PageCachePolicySpec;
import io.pagecache.api.v1alpha1.RedirectsSpec;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

final class RedirectChecks {
    private RedirectChecks() {}

    static Optional<Finding> firstMistake(PageCachePolicySpec spec) {
        RedirectsSpec.Language language = spec.redirects().language();
        if (language == null) {
            return Optional.empty();
        }
        Set<String> seen = new HashSet<>(Set.of(language.stay().toLowerCase(Locale.ROOT)));
        return Field.firstWrong(
                Field.each(
                        "spec.redirects.language.targets",
                        ".language",
                        language.targets(),
                        RedirectsSpec.Target::language),
                tag -> seen.add(tag.toLowerCase(Locale.ROOT))
                        ? Optional.empty()
                        : Optional.of("'%s' is used before: expected one host for each language".formatted(tag)));
    }
}
