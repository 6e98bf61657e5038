package io.pagecache.e2e.controlplane;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How each program of a control plane is started.
 *
 * @param controllers null where only the API was found (fabric8's download has no controllers)
 */
public record KubernetesParts(
        List<String> etcd,
        List<String> apiServer,
        @Nullable List<String> controllers,
        @Nullable List<String> scheduler,
        List<String> kubectl) {

    /** One binary that is all of them, by its first argument. */
    static KubernetesParts allInOne(String binary) {
        return new KubernetesParts(
                List.of(binary, "etcd"),
                List.of(binary, "kube-apiserver"),
                List.of(binary, "kube-controller-manager"),
                List.of(binary, "kube-scheduler"),
                List.of(binary, "kubectl"));
    }

    boolean runsDeployments() {
        return controllers != null && scheduler != null;
    }
}
