package io.pagecache.e2e.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.e2e.pod.ContainerPhase.Terminated;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RestartRuleTest {
    private static final Terminated SUCCEEDED = new Terminated(0, Instant.EPOCH, Instant.EPOCH);
    private static final Terminated FAILED = new Terminated(1, Instant.EPOCH, Instant.EPOCH);

    @Test
    void shouldRestartAsThePolicySays() {
        assertThat(RestartRule.of(null).restarts(SUCCEEDED)).isTrue();
        assertThat(RestartRule.of("OnFailure").restarts(SUCCEEDED)).isFalse();
        assertThat(RestartRule.of("OnFailure").restarts(FAILED)).isTrue();
        assertThat(RestartRule.of("Never").restarts(FAILED)).isFalse();
    }

    @Test
    void shouldWaitLongerAfterEveryEndUpToALimit() {
        assertThat(IntStream.rangeClosed(1, 9).mapToObj(RestartRule::backOff).map(Duration::toMillis))
                .containsExactly(0L, 250L, 500L, 1000L, 2000L, 4000L, 8000L, 8000L, 8000L);
    }
}
