package io.pagecache.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

    @ParameterizedTest
    @CsvSource({
        "0s, PT0S",
        "60s, PT1M",
        "1h30m, PT1H30M",
        "500ms, PT0.5S",
        "1h1m1s1ms, PT1H1M1.001S",
        "99999h, PT99999H",
        "1m1h, PT1H1M",
    })
    void shouldReadDurations(String text, Duration duration) {
        assertThat(DurationText.parse(text)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "60",
                "s",
                "60 s",
                "-1s",
                "+1s",
                "1.5h",
                "1d",
                "100000s",
                "1s1s1s1s1s",
                "60S",
                "1h30",
                "٣s",
                "1mss"
            })
    void shouldRefuseEverythingElse(String text) {
        assertThat(DurationText.parse(text)).isEmpty();
    }
}
