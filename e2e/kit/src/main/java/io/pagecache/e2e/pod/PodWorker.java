package io.pagecache.e2e.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.pagecache.e2e.process.ChildProcess;
import io.pagecache.e2e.process.WorkFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * One pod from its binding to its end. A single thread does everything in order; whatever happens elsewhere (a changed object,
 * a process's end, a probe's verdict) only wakes it, and it then compares what is with what should be.
 */
public final class PodWorker implements Runnable {
    private static final long TICK_MILLIS = 200;
    private static final Duration DEFAULT_GRACE = Duration.ofSeconds(30);
    private static final Duration RETRY = Duration.ofMillis(500);

    private final PodHost host;
    private final InetAddress address;
    private final Path folder;
    private final PodVolumes volumes;
    private final List<ContainerRun> init;
    private final List<ContainerRun> containers;
    private final PodReport report;
    private final StatusWriter writer;
    private final Semaphore wake = new Semaphore(0);
    private volatile Pod pod;
    private volatile boolean vanished;
    private volatile boolean abandoned;
    private boolean prepared;
    private Instant prepareAgain = Instant.MIN;

    public PodWorker(PodHost host, Pod pod) {
        this.host = host;
        this.pod = pod;
        this.address = host.addresses().lease();
        this.folder = makeFolder(host.scratch().resolve(pod.getMetadata().getUid()));
        PodFields fields = new PodFields(pod, address, host.hostIp());
        VolumeReader reader = new VolumeReader(fields, host.objects(), new ServiceAccountTokens(host.client(), pod));
        this.volumes = new PodVolumes(orEmpty(pod.getSpec().getVolumes()), folder.resolve("volumes"), reader);
        ContainerLauncher launcher = new ContainerLauncher(host, fields, volumes, folder);
        RestartRule rule = RestartRule.of(pod.getSpec().getRestartPolicy());
        RestartRule once = rule == RestartRule.ALWAYS ? RestartRule.ON_FAILURE : rule;
        this.init = runs(pod.getSpec().getInitContainers(), launcher, once);
        this.containers = runs(pod.getSpec().getContainers(), launcher, rule);
        this.report = new PodReport(address, host.hostIp(), Instant.now());
        this.writer = new StatusWriter(host.client());
    }

    private List<ContainerRun> runs(List<Container> declared, ContainerLauncher launcher, RestartRule rule) {
        return orEmpty(declared).stream()
                .map(container -> new ContainerRun(container, launcher, address, rule, this::wake))
                .toList();
    }

    private static Path makeFolder(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> List<T> orEmpty(List<T> list) {
        return list == null ? List.of() : list;
    }

    /** The pod as the API server now has it. */
    public void update(Pod latest) {
        pod = latest;
        wake();
    }

    /** The pod is gone from the API server: no grace is left. */
    public void vanish() {
        vanished = true;
        all().forEach(ContainerRun::kill);
        wake();
    }

    /** The node goes away, and leaves the pod to the cluster as it is. */
    public void abandon() {
        abandoned = true;
        all().forEach(ContainerRun::kill);
        wake();
    }

    public void wake() {
        wake.release();
    }

    public Pod pod() {
        return pod;
    }

    /** The process of a container, or of the first one when the name is empty. */
    public Optional<ChildProcess> process(String container) {
        return containers.stream()
                .filter(run -> container.isEmpty() || run.container().getName().equals(container))
                .findFirst()
                .flatMap(ContainerRun::process);
    }

    @Override
    public void run() {
        try {
            while (!isEnding()) {
                step(Instant.now());
                sleepUntilWoken();
            }
            end();
        } finally {
            all().forEach(ContainerRun::closeProbes);
            all().forEach(ContainerRun::kill);
            host.addresses().release(address);
            WorkFolder.deleteTree(folder);
        }
    }

    private boolean isEnding() {
        return vanished || abandoned || pod.getMetadata().getDeletionTimestamp() != null;
    }

    private void step(Instant now) {
        if (prepared) {
            volumes.refresh();
        } else if (!now.isBefore(prepareAgain)) {
            prepare(now);
        }
        if (prepared) {
            due().forEach(run -> run.step(now));
        }
        writer.write(pod, report.of(pod, init, containers, now), now);
    }

    private void prepare(Instant now) {
        try {
            volumes.prepare();
            prepared = true;
        } catch (StartBlocked | KubernetesClientException blocked) {
            prepareAgain = now.plus(RETRY);
        }
    }

    /** Init containers one after the other, then all the others at once. */
    private List<ContainerRun> due() {
        List<ContainerRun> due = new ArrayList<>();
        for (ContainerRun run : init) {
            if (!run.hasSucceeded()) {
                return List.of(run);
            }
        }
        due.addAll(containers);
        return due;
    }

    private List<ContainerRun> all() {
        List<ContainerRun> all = new ArrayList<>(init);
        all.addAll(containers);
        return all;
    }

    private void sleepUntilWoken() {
        try {
            if (wake.tryAcquire(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
            }
        } catch (InterruptedException e) {
            abandoned = true;
        }
    }

    private void end() {
        if (!vanished && !abandoned) {
            stopContainers();
            confirmDeletion();
        }
    }

    private void stopContainers() {
        Long seconds = pod.getMetadata().getDeletionGracePeriodSeconds();
        Duration grace = seconds == null ? DEFAULT_GRACE : Duration.ofSeconds(seconds);
        List<Thread> stopping = all().stream()
                .map(run -> Thread.startVirtualThread(() -> run.stop(grace)))
                .toList();
        for (Thread thread : stopping) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                abandoned = true;
                return;
            }
        }
    }

    /** Only after this does the name become free: the promise that a Deployment's rollout and a StatefulSet build on. */
    private void confirmDeletion() {
        while (!vanished && !abandoned) {
            try {
                host.client().resource(pod).withGracePeriod(0).delete();
                return;
            } catch (KubernetesClientException e) {
                sleepUntilWoken();
            }
        }
    }
}
