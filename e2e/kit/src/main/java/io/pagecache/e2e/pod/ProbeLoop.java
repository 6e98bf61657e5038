package io.pagecache.e2e.pod;

import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Asks one probe again and again. Until the first success it asks more often than the period says, so that tests do not wait
 * for what is already there; a failure counts only once per period, so thresholds mean what they say.
 */
final class ProbeLoop implements AutoCloseable {
    private static final Duration EAGER = Duration.ofMillis(100);

    private final Probe probe;
    private final ProbeTarget target;
    private final Runnable changed;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean passing;
    private volatile boolean failed;
    private int successes;
    private int failures;
    private Instant nextCounted = Instant.MIN;

    private ProbeLoop(Probe probe, ProbeTarget target, Runnable changed) {
        this.probe = probe;
        this.target = target;
        this.changed = changed;
    }

    static ProbeLoop start(Probe probe, ProbeTarget target, Runnable changed) {
        ProbeLoop loop = new ProbeLoop(probe, target, changed);
        Thread.ofVirtual().name("probe-" + target.container().getName()).start(loop::run);
        return loop;
    }

    /** The success threshold was reached, and since then not the failure threshold. */
    boolean isPassing() {
        return passing;
    }

    /** The failure threshold was reached, and since then not the success threshold. */
    boolean hasFailed() {
        return failed;
    }

    private void run() {
        pause(seconds(probe.getInitialDelaySeconds(), 0));
        while (!closed.get()) {
            count(target.succeeds(probe, seconds(probe.getTimeoutSeconds(), 1)), Instant.now());
            pause(passing || failed ? period() : EAGER);
        }
    }

    private void count(boolean success, Instant now) {
        if (success) {
            successes++;
            failures = 0;
            decide(successes >= orElse(probe.getSuccessThreshold(), 1), false);
        } else {
            successes = 0;
            if (!now.isBefore(nextCounted)) {
                failures++;
                nextCounted = now.plus(period()).minus(EAGER);
            }
            decide(false, failures >= orElse(probe.getFailureThreshold(), 3));
        }
    }

    private void decide(boolean nowPassing, boolean nowFailed) {
        if (nowPassing && !passing || nowFailed && !failed) {
            passing = nowPassing;
            failed = nowFailed;
            changed.run();
        }
    }

    private Duration period() {
        return seconds(probe.getPeriodSeconds(), 10);
    }

    private static Duration seconds(@Nullable Integer value, int otherwise) {
        return Duration.ofSeconds(orElse(value, otherwise));
    }

    private static int orElse(@Nullable Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }

    private void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            closed.set(true);
        }
    }

    @Override
    public void close() {
        closed.set(true);
    }
}
