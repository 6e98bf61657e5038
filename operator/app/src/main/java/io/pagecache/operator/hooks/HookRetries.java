package io.pagecache.operator.hooks;

import java.time.Duration;
import java.util.Optional;

/** Pauses between the tries of one message: each twice as long as the one before, up to a minute. */
final class HookRetries {
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final int attempts;
    private Duration pause;
    private int failed;

    /** @param attempts tries in all, from 1 */
    HookRetries(Duration first, int attempts) {
        this.pause = first;
        this.attempts = attempts;
    }

    /** How long to wait after one more failure; empty when it was the last try. */
    Optional<Duration> next() {
        failed++;
        if (failed >= attempts) {
            return Optional.empty();
        }
        Duration now = pause;
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        return Optional.of(now);
    }
}
