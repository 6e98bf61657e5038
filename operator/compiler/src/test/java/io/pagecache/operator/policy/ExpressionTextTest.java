package io.pagecache.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import io.pagecache.plan.ExpressionSize;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", ".*", "/news/[0-9]{4}/.*", "/(account|edit)(/.*)?", "a{1000}", "[]a]{3}", "[^]]+",
                        "[[:alpha:]]{2,4}",
                "\\p{Greek}{10}", "\\x{10FFFF}", "\\Q(((\\E", "(?i)x", "a{,5}", "a{x}", "\\{\\}", "[{(]"
            })
    void shouldAcceptExpressions(String expression) {
        assertThat(ExpressionText.problemOf(expression)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "*", "(?=x)", "\\1", "a**b{2}{3}(", "a{1001}"})
    void shouldRefuseWhatIsNotRe2(String expression) {
        assertThat(ExpressionText.problemOf(expression)).isPresent();
    }

    @ParameterizedTest
    @Timeout(5)
    @ValueSource(
            strings = {
                "(((a{10}){100}){100}){100}",
                "((((a{10}){100}){100}){100}",
                "(a{100}){100}",
                "([]\\]]{100}){100}",
                "([[:alpha:]]{100}){100}",
                "(\\p{L}{100}){100}",
                "(\\Q)\\E{100}a{100}){100}",
                "(?:(?P<x>a{2,100}){2,}){100}",
            })
    void shouldRefuseWhatExpandsBeyondMeasure(String expression) {
        assertThat(ExpressionText.problemOf(expression))
                .hasValueSatisfying(problem -> assertThat(problem).contains("expands to more than 1000 steps"));
    }

    @Test
    void shouldNeverLetABigProgramThrough() {
        String[] parts = {
            "a",
            "[b-d]",
            "[]x]",
            "\\d",
            "\\p{L}",
            "(",
            ")",
            "(?:",
            "|",
            "*",
            "{3}",
            "{2,20}",
            "{50}",
            "\\Q(\\E",
            "[[:digit:]]"
        };
        Random random = new Random(42);
        for (int i = 0; i < 5_000; i++) {
            StringBuilder expression = new StringBuilder();
            for (int part = random.nextInt(12); part >= 0; part--) {
                expression.append(parts[random.nextInt(parts.length)]);
            }

            if (ExpressionText.problemOf(expression.toString()).isEmpty()) {
                assertThat(Pattern.compile(expression.toString()).programSize())
                        .as(expression.toString())
                        .isLessThan(4 * ExpressionSize.MOST_STEPS);
            }
        }
    }
}
