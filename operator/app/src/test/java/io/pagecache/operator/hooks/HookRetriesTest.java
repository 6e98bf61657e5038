package io.pagecache.operator.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HookRetriesTest {

    @Test
    void shouldWaitLongerEachTimeUpToAMinuteAndThenGiveUp() {
        HookRetries retries = new HookRetries(Duration.ofSeconds(10), 6);

        List<Long> pauses = new ArrayList<>();
        Optional<Duration> next = retries.next();
        while (next.isPresent()) {
            pauses.add(next.get().toSeconds());
            next = retries.next();
        }

        assertThat(pauses).containsExactly(10L, 20L, 40L, 60L, 60L);
    }
}
