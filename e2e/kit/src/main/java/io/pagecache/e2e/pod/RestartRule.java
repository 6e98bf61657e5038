package io.pagecache.e2e.pod;

import io.pagecache.e2e.pod.ContainerPhase.Terminated;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When a container that ended starts again. The back-off is a kubelet's in shape, but a fortieth of it in length. */
enum RestartRule {
    ALWAYS,
    ON_FAILURE,
    NEVER;

    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(8);
    private static final Duration FORGIVEN_AFTER = Duration.ofSeconds(15);
    private static final int LONGEST_AFTER = 5;

    static RestartRule of(@Nullable String policy) {
        return switch (policy == null ? "Always" : policy) {
            case "OnFailure" -> ON_FAILURE;
            case "Never" -> NEVER;
            default -> ALWAYS;
        };
    }

    boolean restarts(Terminated ended) {
        return this == ALWAYS || this == ON_FAILURE && !ended.succeeded();
    }

    /** How long to wait after so many ends in a row, the first restart being immediate. */
    static Duration backOff(int endsInARow) {
        if (endsInARow <= 1) {
            return Duration.ZERO;
        }
        Duration doubled = FIRST.multipliedBy(1L << Math.min(endsInARow - 2, LONGEST_AFTER));
        return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }

    /** A container that ran this long starts with a clean record. */
    static boolean forgives(Duration ran) {
        return ran.compareTo(FORGIVEN_AFTER) >= 0;
    }
}
