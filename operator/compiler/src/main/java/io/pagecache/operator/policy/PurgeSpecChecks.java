package io.pagecache.operator.policy;

import io.pagecache.api.v1alpha1.PageCachePurgeSpec;
import io.pagecache.api.v1alpha1.PageCachePurgeSpec.Scopes;
import java.util.Optional;
import java.util.function.Function;

/** What neither schema nor CEL can decide about a purge. */
public final class PurgeSpecChecks {
    private PurgeSpecChecks() {}

    public static Verdict check(PageCachePurgeSpec spec) {
        return firstMistake("spec.scopes", spec.scopes())
                .<Verdict>map(found -> new Verdict.Rejected(Verdict.Reason.INVALID, found.path(), found.problem()))
                .orElseGet(Verdict.Accepted::new);
    }

    /** @param path where the scopes stand */
    static Optional<Finding> firstMistake(String path, Scopes scopes) {
        return Field.firstWrong(
                        Field.each(path + ".patterns", "", scopes.patterns(), Function.identity()),
                        ExpressionText::problemOf)
                .or(() -> Field.firstWrong(
                        Field.each(path + ".urls", "", scopes.urls(), Function.identity()),
                        url -> PurgeGrammar.isPageUrl(url)
                                ? Optional.empty()
                                : Optional.of(
                                        "'%s': expected a path such as /news, or https://host/news".formatted(url))))
                .or(() -> Field.firstWrong(
                        Field.ofNullable(path + ".olderThan", scopes.olderThan()),
                        text -> DurationText.parse(text).isPresent()
                                ? Optional.empty()
                                : Optional.of("'%s': %s".formatted(text, DurationText.EXPECTED))));
    }
}
