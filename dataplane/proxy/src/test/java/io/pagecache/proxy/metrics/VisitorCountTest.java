package io.pagecache.proxy.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.pagecache.plan.VisitorSketch;
import io.pagecache.proxy.actors.HandClock;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("seed:T44")
class VisitorCountTest {
    private final HandClock clock = new HandClock();
    private final VisitorCount count = new VisitorCount(clock);

    @Test
    @DisplayName("SipHash-2-4 gives what its authors' paper says")
    void shouldHashAsPublished() {
        byte[] text = new byte[15];
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) i;
        }

        assertThat(new SipHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L).of(text))
                .isEqualTo(0xa129ca6149be45e5L);
    }

    @Test
    @DisplayName("T44: each address once, however often it comes")
    void shouldCountAddresses() {
        for (int visit = 0; visit < 3; visit++) {
            for (int i = 0; i < 5000; i++) {
                count.seen("10.0." + i / 250 + "." + i % 250);
            }
        }

        assertThat(count.ofLastDay().estimate()).isCloseTo(5000, withinPercentage(6.5));
    }

    @Test
    @DisplayName("T44: who came within a day counts, who came before does not")
    void shouldForgetAfterADay() {
        count.seen("192.0.2.1");
        clock.advance(Duration.ofHours(23));
        count.seen("192.0.2.2");
        assertThat(count.ofLastDay().estimate()).isEqualTo(2);

        clock.advance(Duration.ofHours(1));
        assertThat(count.ofLastDay().estimate()).isEqualTo(1);
        count.seen("192.0.2.2");
        clock.advance(Duration.ofHours(30));
        assertThat(count.ofLastDay().estimate()).isZero();
    }

    @Test
    void shouldCountAVisitorOfTwoProxiesOnceIfTheyShareASecret() {
        VisitorCount other = new VisitorCount(clock);
        VisitorCount stranger = new VisitorCount(clock);
        count.secret("s");
        other.secret("s");
        stranger.secret("t");
        for (VisitorCount one : new VisitorCount[] {count, other, stranger}) {
            one.seen("2001:db8::1");
        }
        VisitorSketch ours = count.ofLastDay();
        ours.merge(other.ofLastDay());

        assertThat(ours.estimate()).isEqualTo(1);
        assertThat(stranger.ofLastDay()).isNotEqualTo(ours);
    }
}
