package io.pagecache.e2e.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The probes of one run of a container; liveness and readiness are asked only once it has started up. */
final class ContainerProbes implements AutoCloseable {
    private final Container container;
    private final ProbeTarget target;
    private final Runnable changed;
    private final @Nullable ProbeLoop startup;
    private @Nullable ProbeLoop liveness;
    private @Nullable ProbeLoop readiness;
    private boolean past;

    ContainerProbes(Container container, ProbeTarget target, Runnable changed) {
        this.container = container;
        this.target = target;
        this.changed = changed;
        this.startup = loop(container.getStartupProbe());
    }

    private @Nullable ProbeLoop loop(@Nullable Probe probe) {
        return probe == null ? null : ProbeLoop.start(probe, target, changed);
    }

    /** Goes on to the next probes when it is time for them. */
    void advance() {
        if (!past && hasStarted()) {
            past = true;
            liveness = loop(container.getLivenessProbe());
            readiness = loop(container.getReadinessProbe());
        }
    }

    boolean hasStarted() {
        return past || startup == null || startup.isPassing();
    }

    boolean isReady() {
        return past && (readiness == null || readiness.isPassing());
    }

    boolean mustBeRestarted() {
        return (!past && startup != null && startup.hasFailed()) || (liveness != null && liveness.hasFailed());
    }

    @Override
    public void close() {
        Stream.of(startup, liveness, readiness).forEach(loop -> {
            if (loop != null) {
                loop.close();
            }
        });
    }
}
