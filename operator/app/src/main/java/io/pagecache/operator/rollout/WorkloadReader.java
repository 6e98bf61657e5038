package io.pagecache.operator.rollout;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.pagecache.api.v1alpha1.PurgingSpec.RolloutPurge;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/** Asks the API server for single workloads by their names: the operator needs no right to list or watch those of others. */
@Singleton
public class WorkloadReader {
    private final KubernetesClient client;
    private final Clock clock;

    public WorkloadReader(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** @throws io.fabric8.kubernetes.client.KubernetesClientException when the API server does not answer or refuses */
    public WorkloadState read(String namespace, RolloutPurge wanted) {
        return switch (wanted.kind()) {
            case DEPLOYMENT -> deployment(namespace, wanted.name());
            case STATEFUL_SET -> statefulSet(namespace, wanted.name());
            case CONFIG_MAP -> configMap(namespace, wanted.name());
        };
    }

    private WorkloadState deployment(String namespace, String name) {
        Deployment found = client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName(name)
                .get();
        return found == null
                ? new WorkloadState.Absent()
                : RolloutRules.of(found, pods(namespace, found.getSpec().getSelector()), clock.instant());
    }

    private WorkloadState statefulSet(String namespace, String name) {
        StatefulSet found = client.apps()
                .statefulSets()
                .inNamespace(namespace)
                .withName(name)
                .get();
        return found == null
                ? new WorkloadState.Absent()
                : RolloutRules.of(found, pods(namespace, found.getSpec().getSelector()), clock.instant());
    }

    private WorkloadState configMap(String namespace, String name) {
        ConfigMap found =
                client.configMaps().inNamespace(namespace).withName(name).get();
        return found == null ? new WorkloadState.Absent() : RolloutRules.of(found);
    }

    private List<Pod> pods(String namespace, LabelSelector selector) {
        return client.pods()
                .inNamespace(namespace)
                .withLabelSelector(selector)
                .list()
                .getItems();
    }
}
