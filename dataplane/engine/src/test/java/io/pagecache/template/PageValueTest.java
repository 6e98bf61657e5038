package io.pagecache.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PageValueTest {

    @Test
    void shouldFollowPath() {
        PageValue value = PageValue.of(Map.of("user", Map.of("name", "Ann", "tags", List.of("a", "b"))));

        assertThat(value.at(List.of("user", "name")).text()).isEqualTo("Ann");
        assertThat(value.at(List.of("user", "tags", "1")).text()).isEqualTo("b");
        assertThat(value.at(List.of("user", "tags", "2"))).isEqualTo(PageValue.MISSING);
        assertThat(value.at(List.of("user", "tags", "x"))).isEqualTo(PageValue.MISSING);
        assertThat(value.at(List.of("user", "name", "first"))).isEqualTo(PageValue.MISSING);
        assertThat(PageValue.MISSING.at(List.of("a"))).isEqualTo(PageValue.MISSING);
    }

    @Test
    void shouldTellTruth() {
        assertThat(List.of(PageValue.of("x"), PageValue.of(true), PageValue.of(-1), PageValue.of(List.of("x"))))
                .allMatch(PageValue::isTruthy);
        assertThat(List.of(
                        PageValue.MISSING,
                        PageValue.of(""),
                        PageValue.of(false),
                        PageValue.of(0.0),
                        PageValue.of(List.of()),
                        PageValue.of(Map.of())))
                .noneMatch(PageValue::isTruthy);
    }

    @Test
    void shouldPrintNumbersPlainly() {
        assertThat(PageValue.of(3.0).text()).isEqualTo("3");
        assertThat(PageValue.of(1e10).text()).isEqualTo("10000000000");
        assertThat(PageValue.of(0.25f).text()).isEqualTo("0.25");
        assertThat(PageValue.of(Long.MIN_VALUE).text()).isEqualTo("-9223372036854775808");
    }

    @Test
    void shouldTreatWhatCannotBePrintedAsMissing() {
        assertThat(PageValue.of(Double.NaN).isMissing()).isTrue();
        assertThat(PageValue.of(Double.POSITIVE_INFINITY).isMissing()).isTrue();
        assertThat(PageValue.of(new BigDecimal("1e999999999")).isMissing()).isTrue();
        assertThat(PageValue.of(new Object()).isMissing()).isTrue();
    }

    @Test
    void shouldCutOffWhatIsTooMuch() {
        Object deep = "bottom";
        for (int i = 0; i < 10_000; i++) {
            deep = List.of(deep);
        }

        assertThat(PageValue.of(deep).toString()).hasSizeLessThan(100);
        assertThat((List<?>) PageValue.of(new ArrayList<>(Collections.nCopies(5000, 1)))
                        .tree())
                .hasSize(PageValue.MAX_ITEMS);
        assertThat(PageValue.of("x".repeat(100_000)).text()).hasSize(64 * 1024);
    }
}
