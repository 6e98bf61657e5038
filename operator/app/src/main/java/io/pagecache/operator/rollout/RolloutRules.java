package io.pagecache.operator.rollout;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.pagecache.operator.compile.PlanJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * When a rollout is complete: as {@code kubectl rollout status} says, and no pod of the workload is still finishing requests. A
 * version is named by what its controller counts up, so that going back to an older one is a new version, too.
 */
final class RolloutRules {
    private static final String REVISION = "deployment.kubernetes.io/revision";
    private static final int HASH_CHARACTERS = 16;

    private RolloutRules() {}

    /** @param pods what the workload's selector finds */
    static WorkloadState of(Deployment deployment, List<Pod> pods, Instant now) {
        Map<String, String> annotations =
                Objects.requireNonNullElse(deployment.getMetadata().getAnnotations(), Map.of());
        String version = uid(deployment) + "/" + annotations.getOrDefault(REVISION, "0");
        DeploymentStatus status = deployment.getStatus();
        if (status == null) {
            return new WorkloadState.Rolling(version);
        }
        int wanted = orElse(deployment.getSpec().getReplicas(), 1);
        boolean rolledOut = isObserved(deployment, status.getObservedGeneration())
                && orElse(status.getUpdatedReplicas(), 0) >= wanted
                && orElse(status.getReplicas(), 0) <= orElse(status.getUpdatedReplicas(), 0)
                && orElse(status.getAvailableReplicas(), 0) >= wanted;
        return state(version, rolledOut && nobodyFinishes(pods, now));
    }

    /** @param pods what the workload's selector finds */
    static WorkloadState of(StatefulSet set, List<Pod> pods, Instant now) {
        StatefulSetStatus status = set.getStatus();
        String version = uid(set) + "/" + (status == null ? "" : status.getUpdateRevision());
        if (status == null) {
            return new WorkloadState.Rolling(version);
        }
        int wanted = orElse(set.getSpec().getReplicas(), 1);
        boolean rolledOut = isObserved(set, status.getObservedGeneration())
                && orElse(status.getUpdatedReplicas(), 0) >= wanted - partition(set.getSpec())
                && orElse(status.getReadyReplicas(), 0) >= wanted;
        return state(version, rolledOut && nobodyFinishes(pods, now));
    }

    /** Who reads a ConfigMap is not known, so a new content is complete at once. */
    static WorkloadState of(ConfigMap map) {
        Map<String, Map<String, String>> content = Map.of(
                "data", sorted(map.getData()),
                "binaryData", sorted(map.getBinaryData()));
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(PlanJson.write(new TreeMap<>(content)).getBytes(StandardCharsets.UTF_8));
            return new WorkloadState.Complete(HexFormat.of().formatHex(hash).substring(0, HASH_CHARACTERS));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** A pod that was told to stop answers until its time is over, whatever the controllers count. */
    private static boolean nobodyFinishes(List<Pod> pods, Instant now) {
        return pods.stream()
                .filter(pod -> !isOver(pod))
                .map(pod -> pod.getMetadata().getDeletionTimestamp())
                .filter(Objects::nonNull)
                .noneMatch(end -> now.isBefore(Instant.parse(end)));
    }

    private static boolean isOver(Pod pod) {
        String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        return "Succeeded".equals(phase) || "Failed".equals(phase);
    }

    private static WorkloadState state(String version, boolean complete) {
        return complete ? new WorkloadState.Complete(version) : new WorkloadState.Rolling(version);
    }

    private static boolean isObserved(HasMetadata workload, @Nullable Long observed) {
        return observed != null && observed >= workload.getMetadata().getGeneration();
    }

    private static int partition(StatefulSetSpec spec) {
        boolean hasPartition =
                spec.getUpdateStrategy() != null && spec.getUpdateStrategy().getRollingUpdate() != null;
        return hasPartition ? orElse(spec.getUpdateStrategy().getRollingUpdate().getPartition(), 0) : 0;
    }

    private static Map<String, String> sorted(@Nullable Map<String, String> data) {
        return data == null ? Map.of() : new TreeMap<>(data);
    }

    private static String uid(HasMetadata workload) {
        return workload.getMetadata().getUid();
    }

    private static int orElse(@Nullable Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }
}
