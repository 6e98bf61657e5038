package io.pagecache.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    @DisplayName("HARDENING E24: time goes on by the count alone, from wherever that began")
    void shouldFollowTheCount() {
        AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
        SteadyClock clock = new SteadyClock(START, nanos::get);

        nanos.addAndGet(Duration.ofMinutes(3).toNanos());

        assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofMinutes(3)));
    }
}
