package io.pagecache.e2e.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.pagecache.e2e.pod.ContainerPhase.Running;
import io.pagecache.e2e.pod.ContainerPhase.Terminated;
import io.pagecache.e2e.pod.ContainerPhase.Waiting;
import io.pagecache.e2e.process.ChildProcess;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One container through all its runs. {@link #step} looks at the process and the probes and does the next thing; only the
 * pod's own thread calls it. {@link #stop} and {@link #kill} may come from others.
 */
final class ContainerRun {
    private static final Duration LIVENESS_GRACE = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofMillis(500);

    private final Container container;
    private final ContainerLauncher launcher;
    private final InetAddress podIp;
    private final RestartRule rule;
    private final Runnable changed;

    private volatile ContainerPhase phase = new Waiting("ContainerCreating", "");
    private volatile @Nullable ChildProcess process;
    private @Nullable Terminated last;
    private @Nullable ContainerProbes probes;
    private Instant notBefore = Instant.MIN;
    private int starts;
    private int endsInARow;

    ContainerRun(
            Container container, ContainerLauncher launcher, InetAddress podIp, RestartRule rule, Runnable changed) {
        this.container = container;
        this.launcher = launcher;
        this.podIp = podIp;
        this.rule = rule;
        this.changed = changed;
    }

    void step(Instant now) {
        ChildProcess running = process;
        if (running != null && !running.isAlive()) {
            ended(running, now);
        } else if (running != null && probes != null) {
            probes.advance();
            if (probes.mustBeRestarted()) {
                probes.close();
                running.stop(LIVENESS_GRACE);
                ended(running, now);
            }
        }
        if (process == null && isDue(now)) {
            launch(now);
        }
    }

    private boolean isDue(Instant now) {
        return !now.isBefore(notBefore) && !isDone();
    }

    private void launch(Instant now) {
        try {
            ChildProcess started = launcher.start(container);
            process = started;
            starts++;
            phase = new Running(now);
            started.whenEnded(changed);
            ProbeTarget target = new ProbeTarget(podIp, container, command -> launcher.enter(started, command));
            probes = new ContainerProbes(container, target, changed);
            probes.advance();
        } catch (StartBlocked blocked) {
            phase = new Waiting(blocked.reason(), blocked.explanation());
            notBefore = now.plus(RETRY);
        }
    }

    private void ended(ChildProcess running, Instant now) {
        if (probes != null) {
            probes.close();
            probes = null;
        }
        Instant started = phase instanceof Running(Instant startedAt) ? startedAt : now;
        Terminated terminated = new Terminated(running.exitCode(), started, now);
        process = null;
        last = terminated;
        endsInARow = RestartRule.forgives(Duration.between(started, now)) ? 1 : endsInARow + 1;
        notBefore = now.plus(RestartRule.backOff(endsInARow));
        boolean waits = rule.restarts(terminated) && notBefore.isAfter(now);
        phase = waits ? new Waiting("CrashLoopBackOff", "restarting at " + notBefore) : terminated;
    }

    /** Ended, and not to be started again. */
    boolean isDone() {
        return phase instanceof Terminated ended && !rule.restarts(ended);
    }

    boolean hasSucceeded() {
        return phase instanceof Terminated ended && ended.succeeded();
    }

    boolean hasEverStarted() {
        return starts > 0;
    }

    boolean isReady() {
        return process != null && probes != null && probes.isReady();
    }

    boolean hasStarted() {
        return process != null && probes != null && probes.hasStarted();
    }

    Container container() {
        return container;
    }

    ContainerPhase phase() {
        return phase;
    }

    Optional<Terminated> last() {
        return Optional.ofNullable(last);
    }

    int restarts() {
        return Math.max(0, starts - 1);
    }

    Optional<ChildProcess> process() {
        return Optional.ofNullable(process);
    }

    /** Ends the container as a kubelet does: its preStop hook, then SIGTERM, then, when the grace is used up, SIGKILL. */
    void stop(Duration grace) {
        ChildProcess running = process;
        if (running == null) {
            return;
        }
        Instant deadline = Instant.now().plus(grace);
        LifecycleHandler preStop = container.getLifecycle() == null
                ? null
                : container.getLifecycle().getPreStop();
        if (preStop != null) {
            runHook(preStop, running, grace);
        }
        Duration left = Duration.between(Instant.now(), deadline);
        running.stop(left.isNegative() ? Duration.ZERO : left);
    }

    private void runHook(LifecycleHandler hook, ChildProcess running, Duration grace) {
        ProbeTarget target = new ProbeTarget(podIp, container, command -> launcher.enter(running, command));
        if (hook.getSleep() != null) {
            Duration sleep = Duration.ofSeconds(hook.getSleep().getSeconds());
            running.endsWithin(sleep.compareTo(grace) < 0 ? sleep : grace);
        } else if (hook.getExec() != null) {
            target.runs(hook.getExec());
        } else if (hook.getHttpGet() != null) {
            target.answers(hook.getHttpGet(), grace);
        }
    }

    void kill() {
        process().ifPresent(ChildProcess::kill);
    }

    void closeProbes() {
        if (probes != null) {
            probes.close();
        }
    }
}
