package io.pagecache.operator.policy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.pagecache.plan.ExpressionSize;
import java.util.Optional;

/** RE2 expressions of policies and purges. */
public final class ExpressionText {
    private ExpressionText() {}

    /** What keeps a text from being used as an expression, or empty. */
    public static Optional<String> problemOf(String expression) {
        if (ExpressionSize.isTooBig(expression)) {
            return Optional.of("'%s': expands to more than %d steps; expected fewer counted repetitions"
                    .formatted(expression, ExpressionSize.MOST_STEPS));
        }
        try {
            Pattern.compile(expression);
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of("'%s': %s; expected an RE2 expression".formatted(expression, e.getMessage()));
        }
    }
}
