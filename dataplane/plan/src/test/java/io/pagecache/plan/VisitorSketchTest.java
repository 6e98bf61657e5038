package io.pagecache.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("seed:T44")
class VisitorSketchTest {

    private static VisitorSketch of(long seed, int visitors) {
        VisitorSketch sketch = VisitorSketch.empty();
        SplittableRandom hashes = new SplittableRandom(seed);
        for (int i = 0; i < visitors; i++) {
            sketch.add(hashes.nextLong());
        }
        return sketch;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 1_000, 10_000, 100_000, 1_000_000})
    @DisplayName("T44: the number of visitors within four standard errors")
    void shouldEstimate(int visitors) {
        assertThat(of(42, visitors).estimate()).isCloseTo(visitors, withinPercentage(6.5));
    }

    @Test
    void shouldCountAVisitorOnce() {
        VisitorSketch sketch = VisitorSketch.empty();

        for (int i = 0; i < 1000; i++) {
            sketch.add(0x1234_5678_9ABC_DEF0L);
        }

        assertThat(sketch.estimate()).isEqualTo(1);
        assertThat(VisitorSketch.empty().estimate()).isZero();
    }

    @Test
    @DisplayName("T44: visitors of several proxies count once")
    void shouldMerge() {
        VisitorSketch all = of(1, 20_000);
        all.merge(of(1, 20_000));
        all.merge(of(2, 20_000));

        assertThat(all.estimate()).isCloseTo(40_000, withinPercentage(6.5));
    }

    @Test
    void shouldComeBackFromTextAsItWas() {
        VisitorSketch sketch = of(7, 500);

        assertThat(VisitorSketch.parse(sketch.text())).isEqualTo(sketch);
        assertThat(VisitorSketch.parse(VisitorSketch.empty().text())).isEqualTo(VisitorSketch.empty());
        assertThatThrownBy(() -> VisitorSketch.parse("AAAA")).isInstanceOf(InvalidPlanException.class);
        assertThatThrownBy(() -> VisitorSketch.parse("?")).isInstanceOf(InvalidPlanException.class);
    }
}
