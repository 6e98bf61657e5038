package io.pagecache.operator.policy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.pagecache.api.v1alpha1.BypassSpec;
import io.pagecache.api.v1alpha1.PageCachePolicySpec;
import io.pagecache.api.v1alpha1.RuleSpec.PathMatch;
import io.pagecache.api.v1alpha1.RuleSpec.PathType;
import java.util.List;
import java.util.Optional;

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
                Field.each(
                        "spec.bypass.headers", ".pattern", spec.bypass().headers(), BypassSpec.HeaderMatch::pattern));
        return Field.firstWrong(expressions, ExpressionChecks::problemOf);
    }

    /** What keeps a text from being an RE2 expression, or empty. */
    static Optional<String> problemOf(String expression) {
        try {
            Pattern.compile(expression);
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of("'%s': %s; expected an RE2 expression".formatted(expression, e.getMessage()));
        }
    }
}
