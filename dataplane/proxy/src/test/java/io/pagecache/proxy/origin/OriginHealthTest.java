package io.pagecache.proxy.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class OriginHealthTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final OriginHealth health = new OriginHealth();

    @Test
    void shouldRestOnlyAfterSeveralFailuresInARowAndLongerEachTime() {
        health.failed(NOW);
        health.failed(NOW);
        assertThat(health.isResting(NOW)).isFalse();

        health.failed(NOW);
        assertThat(health.isResting(NOW.plusMillis(999))).isTrue();
        assertThat(health.isResting(NOW.plusMillis(1000))).isFalse();

        health.failed(NOW.plusSeconds(1));
        assertThat(health.isResting(NOW.plusMillis(2999))).isTrue();
        for (int i = 0; i < 100; i++) {
            health.failed(NOW.plusSeconds(2));
        }
        assertThat(health.isResting(NOW.plusSeconds(17))).isFalse();
    }

    @Test
    void shouldKnowSinceWhenItFails() {
        health.failed(NOW);
        health.failed(NOW.plusSeconds(5));
        assertThat(health.failingSince()).isEqualTo(NOW);

        health.succeeded();
        assertThat(health.failingSince()).isNull();
        assertThat(health.isResting(NOW.plusSeconds(5))).isFalse();
    }
}
