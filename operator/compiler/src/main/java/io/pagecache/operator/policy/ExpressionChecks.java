package io.pagecache.operator.policy;

import io.pagecache.api.v1alpha1.AuthorsSpec;
import io.pagecache.api.v1alpha1.BypassSpec;
import io.pagecache.api.v1alpha1.PageCachePolicySpec;
import io.pagecache.api.v1alpha1.RuleSpec.PathMatch;
import io.pagecache.api.v1alpha1.RuleSpec.PathType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

final class ExpressionChecks {
    private ExpressionChecks() {}

    static Optional<Finding> firstMistake(PageCachePolicySpec spec) {
        List<Field<String>> expressions = Field.concat(
                Field.eachOf("spec.rules", spec.rules(), (path, rule) -> {
                    PathMatch match = rule.match().path();
                    return Field.ofNullable(
                            path + ".match.path.value",
                            match == null || match.type() != PathType.REGEX ? null : match.value());
                }),
                authorPaths(spec.authors()),
                Field.each(
                        "spec.bypass.headers", ".pattern", spec.bypass().headers(), BypassSpec.HeaderMatch::pattern));
        return Field.firstWrong(expressions, ExpressionText::problemOf);
    }

    private static List<Field<String>> authorPaths(@Nullable AuthorsSpec authors) {
        return authors == null
                ? List.of()
                : Field.eachOf("spec.authors.editRequests", authors.editRequests(), (path, edit) -> {
                    PathMatch match = edit.path();
                    return Field.ofNullable(
                            path + ".path.value",
                            match == null || match.type() != PathType.REGEX ? null : match.value());
                });
    }
}
