package io.pagecache.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.google.re2j.Pattern;
import io.pagecache.plan.ExpressionSize;

/** D15, F13: no expression that is accepted expands beyond measure. */
class ExpressionTextFuzz {

    @FuzzTest
    @DictionaryEntries({
        "{100}",
        "{2,20}",
        "(?:",
        "(",
        ")",
        "[]x]",
        "[[:alpha:]]",
        "\\x5CQ",
        "\\x5CE",
        "\\x5Cp{L}",
        "\\x5Cx{10FFFF}"
    })
    void shouldBoundWhatIsCompiled(@NotNull String expression) {
        if (ExpressionText.problemOf(expression).isEmpty()) {
            assertThat(Pattern.compile(expression).programSize()).isLessThan(8 * ExpressionSize.MOST_STEPS);
        }
    }
}
