package io.pagecache.match;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.pagecache.plan.ExpressionSize;
import io.pagecache.plan.InvalidPlanException;

/** An expression of a policy that must match a whole text. RE2: linear time in the text, whatever the expression. */
public final class Expression {
    private final Pattern pattern;

    private Expression(Pattern pattern) {
        this.pattern = pattern;
    }

    /**
     * @param field name to report in the error
     * @throws InvalidPlanException when the text is no RE2 expression, or one that expands beyond measure
     */
    public static Expression compile(String field, String text) {
        if (ExpressionSize.isTooBig(text)) {
            throw new InvalidPlanException(
                    field,
                    "has '%s', which expands to more than %d steps: expected fewer counted repetitions"
                            .formatted(text, ExpressionSize.MOST_STEPS));
        }
        try {
            return new Expression(Pattern.compile(text, Pattern.DOTALL));
        } catch (PatternSyntaxException e) {
            throw new InvalidPlanException(
                    field, "has '%s': expected an RE2 expression, but %s".formatted(text, e.getDescription()));
        }
    }

    public boolean matchesWhole(String text) {
        return pattern.matches(text);
    }
}
