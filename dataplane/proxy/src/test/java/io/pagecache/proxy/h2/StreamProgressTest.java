package io.pagecache.proxy.h2;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.proxy.h2.Http2Counters.Stalled;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StreamProgressTest {
    private static final StreamProgress.Pace PACE =
            new StreamProgress.Pace(Duration.ofSeconds(60), Duration.ofSeconds(20), 1024);

    private final StreamProgress progress = new StreamProgress();

    private static long at(int second) {
        return Duration.ofSeconds(second).toNanos();
    }

    @Test
    @DisplayName("C8: a reader that takes nothing is dropped after the send timeout")
    void shouldDropAClosedWindow() {
        progress.look(true, false, PACE, at(0));

        assertThat(progress.look(true, false, PACE, at(59))).isNull();
        assertThat(progress.look(true, false, PACE, at(60))).isEqualTo(Stalled.SEND);
    }

    @Test
    @DisplayName("C8: so is one that takes an octet at a time")
    void shouldDropATinyWindow() {
        progress.look(true, false, PACE, at(0));
        for (int second = 1; second < 60; second++) {
            progress.sent(1);
            assertThat(progress.look(true, false, PACE, at(second))).isNull();
        }

        assertThat(progress.look(true, false, PACE, at(60))).isEqualTo(Stalled.SEND);
    }

    @Test
    void shouldKeepASteadyReader() {
        progress.look(true, false, PACE, at(0));
        for (int second = 1; second < 200; second++) {
            progress.sent(100);
            assertThat(progress.look(true, false, PACE, at(second))).isNull();
        }
    }

    @Test
    @DisplayName("D2: a body that brings too little is dropped, one that nobody reads is not")
    void shouldDropASlowBody() {
        progress.look(false, true, PACE, at(0));
        progress.look(false, false, PACE, at(10));
        progress.look(false, true, PACE, at(30));
        progress.received(1000);

        assertThat(progress.look(false, true, PACE, at(49))).isNull();
        assertThat(progress.look(false, true, PACE, at(50))).isEqualTo(Stalled.BODY);
    }
}
