package io.pagecache.operator.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CallRateTest {
    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private final CallRate rate = new CallRate(2, 10, () -> now);

    @Test
    void shouldLetABurstPassAndThenSayHowLongToWait() {
        assertThat(rate.take()).isZero();
        assertThat(rate.take()).isZero();
        assertThat(rate.take()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void shouldFillUpWithTimeButNeverAboveItsSize() {
        rate.take();
        rate.take();

        now = now.plusSeconds(3600);

        assertThat(rate.take()).isZero();
        assertThat(rate.take()).isZero();
        assertThat(rate.take()).isPositive();
    }

    @Test
    void shouldNotTakeCallsAwayWhenTheClockIsSetBack() {
        now = now.minusSeconds(60);

        assertThat(rate.take()).isZero();
    }
}
