package io.pagecache.proxy.origin;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether the origin has been failing lately, so that readers who can be served a stale page do not wait for it and background
 * fetches do not hammer it. After {@value #PATIENCE} failures in a row it rests for a second, twice as long each time, at most
 * {@link #LONGEST_REST}; one success ends that.
 */
public final class OriginHealth {
    private static final int PATIENCE = 3;
    private static final Duration LONGEST_REST = Duration.ofSeconds(15);

    private record Trouble(Instant since, int failures, Instant restsUntil) {}

    private volatile @Nullable Trouble trouble;

    public void succeeded() {
        if (trouble != null) {
            clear();
        }
    }

    private synchronized void clear() {
        trouble = null;
    }

    public synchronized void failed(Instant now) {
        Trouble before = trouble;
        int failures = before == null ? 1 : before.failures() + 1;
        trouble = new Trouble(before == null ? now : before.since(), failures, now.plus(rest(failures)));
    }

    private static Duration rest(int failures) {
        if (failures < PATIENCE) {
            return Duration.ZERO;
        }
        Duration rest = Duration.ofSeconds(1L << Math.min(failures - PATIENCE, 10));
        return rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST;
    }

    /** Whether a fetch that is not urgent should be left for later. */
    public boolean isResting(Instant now) {
        Trouble current = trouble;
        return current != null && now.isBefore(current.restsUntil());
    }

    /** Since when it has failed without a success between, or null. */
    public @Nullable Instant failingSince() {
        Trouble current = trouble;
        return current == null ? null : current.since();
    }
}
