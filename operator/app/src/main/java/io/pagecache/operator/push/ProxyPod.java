package io.pagecache.operator.push;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator needs to know about one proxy pod.
 *
 * @param address the pod's IP, or null before it has one
 * @param running whether a proxy process may be alive in it: only such a pod can hold pages
 * @param ready whether it receives traffic
 * @param terminating whether it only finishes its open requests
 */
public record ProxyPod(
        String name, String uid, @Nullable String address, boolean running, boolean ready, boolean terminating) {

    /** The pods of one policy, in the order of their names. */
    public static List<ProxyPod> of(Collection<Pod> pods) {
        return pods.stream()
                .map(ProxyPod::of)
                .sorted(Comparator.comparing(ProxyPod::name))
                .toList();
    }

    static ProxyPod of(Pod pod) {
        PodStatus status = pod.getStatus();
        return new ProxyPod(
                pod.getMetadata().getName(),
                pod.getMetadata().getUid(),
                status == null ? null : status.getPodIP(),
                status != null && "Running".equals(status.getPhase()) && hasRunningContainer(status),
                status != null && isReady(status),
                pod.getMetadata().getDeletionTimestamp() != null);
    }

    /** One of the proxies that the policy counts on: neither leaving nor still without a process. */
    public boolean isServing() {
        return running && !terminating && address != null;
    }

    private static boolean hasRunningContainer(PodStatus status) {
        List<ContainerStatus> containers = status.getContainerStatuses();
        return containers.stream()
                .anyMatch(container ->
                        container.getState() != null && container.getState().getRunning() != null);
    }

    private static boolean isReady(PodStatus status) {
        return status.getConditions().stream()
                .anyMatch(condition -> "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }
}
