package io.pagecache.e2e.pod;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.PodReadinessGate;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.pagecache.e2e.pod.ContainerPhase.Running;
import io.pagecache.e2e.pod.ContainerPhase.Terminated;
import io.pagecache.e2e.pod.ContainerPhase.Waiting;
import java.net.InetAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A pod's status, as the API server is told. Conditions of others (the scheduler, a readiness gate) are kept. */
final class PodReport {
    private final InetAddress podIp;
    private final InetAddress hostIp;
    private final Instant startTime;
    private final Map<String, PodCondition> ours = new HashMap<>();

    PodReport(InetAddress podIp, InetAddress hostIp, Instant startTime) {
        this.podIp = podIp;
        this.hostIp = hostIp;
        this.startTime = startTime;
    }

    PodStatus of(Pod pod, List<ContainerRun> init, List<ContainerRun> containers, Instant now) {
        boolean initialized = init.stream().allMatch(ContainerRun::hasSucceeded);
        boolean containersReady = !containers.isEmpty() && containers.stream().allMatch(ContainerRun::isReady);
        setCondition("PodReadyToStartContainers", true, "", now);
        setCondition("Initialized", initialized, "ContainersNotInitialized", now);
        setCondition("ContainersReady", containersReady, "ContainersNotReady", now);
        setCondition("Ready", containersReady && gatesOpen(pod), "ContainersNotReady", now);
        return new PodStatusBuilder()
                .withPhase(phase(init, containers))
                .withPodIP(podIp.getHostAddress())
                .withPodIPs(new PodIP(podIp.getHostAddress()))
                .withHostIP(hostIp.getHostAddress())
                .withStartTime(text(startTime))
                .withConditions(conditions(pod))
                .withInitContainerStatuses(init.stream().map(PodReport::status).toList())
                .withContainerStatuses(
                        containers.stream().map(PodReport::status).toList())
                .build();
    }

    private static String phase(List<ContainerRun> init, List<ContainerRun> containers) {
        if (init.stream().anyMatch(run -> run.isDone() && !run.hasSucceeded())) {
            return "Failed";
        }
        if (!containers.isEmpty() && containers.stream().allMatch(ContainerRun::isDone)) {
            return containers.stream().allMatch(ContainerRun::hasSucceeded) ? "Succeeded" : "Failed";
        }
        boolean begun = !containers.isEmpty() && containers.stream().allMatch(ContainerRun::hasEverStarted);
        return begun ? "Running" : "Pending";
    }

    private static boolean gatesOpen(Pod pod) {
        List<PodReadinessGate> gates = pod.getSpec().getReadinessGates();
        return gates == null
                || gates.stream()
                        .allMatch(gate -> pod.getStatus().getConditions().stream()
                                .anyMatch(condition -> condition.getType().equals(gate.getConditionType())
                                        && condition.getStatus().equals("True")));
    }

    private void setCondition(String type, boolean holds, String otherwise, Instant now) {
        String status = holds ? "True" : "False";
        PodCondition before = ours.get(type);
        if (before == null || !before.getStatus().equals(status)) {
            ours.put(
                    type,
                    new PodConditionBuilder()
                            .withType(type)
                            .withStatus(status)
                            .withReason(holds ? null : otherwise)
                            .withLastTransitionTime(text(now))
                            .build());
        }
    }

    private List<PodCondition> conditions(Pod pod) {
        List<PodCondition> all = new ArrayList<>(pod.getStatus().getConditions().stream()
                .filter(condition -> !ours.containsKey(condition.getType()))
                .toList());
        ours.values().stream()
                .sorted(java.util.Comparator.comparing(PodCondition::getType))
                .forEach(all::add);
        return all;
    }

    private static ContainerStatus status(ContainerRun run) {
        return new ContainerStatusBuilder()
                .withName(run.container().getName())
                .withImage(run.container().getImage())
                .withImageID("local://" + run.container().getImage())
                .withContainerID(run.process()
                        .map(process -> "process://" + process.pid())
                        .orElse(null))
                .withReady(run.isReady())
                .withStarted(run.hasStarted())
                .withRestartCount(run.restarts())
                .withState(state(run.phase()))
                .withLastState(run.last()
                        .filter(ended -> ended != run.phase())
                        .map(PodReport::state)
                        .orElse(null))
                .build();
    }

    private static ContainerState state(ContainerPhase phase) {
        return switch (phase) {
            case Waiting(var reason, var message) ->
                new ContainerStateBuilder().withNewWaiting(message, reason).build();
            case Running(var startedAt) ->
                new ContainerStateBuilder().withNewRunning(text(startedAt)).build();
            case Terminated ended ->
                new ContainerStateBuilder()
                        .withNewTerminated()
                        .withExitCode(ended.exitCode())
                        .withReason(ended.reason())
                        .withStartedAt(text(ended.startedAt()))
                        .withFinishedAt(text(ended.finishedAt()))
                        .endTerminated()
                        .build();
        };
    }

    private static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
