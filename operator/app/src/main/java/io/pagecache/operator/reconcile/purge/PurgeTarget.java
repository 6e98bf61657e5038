package io.pagecache.operator.reconcile.purge;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.api.v1alpha1.PageCachePurge;
import io.pagecache.operator.desired.PlanConfigMap;
import io.pagecache.operator.desired.PolicyChildren;
import io.pagecache.operator.push.ProxyPod;
import io.pagecache.plan.CachePlan;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/**
 * The policy of a purge, its plan and its pods, read from the API server itself: a purge must not be called complete because a
 * cache has not heard of a proxy yet.
 */
@Singleton
public class PurgeTarget {
    private final KubernetesClient client;

    public PurgeTarget(KubernetesClient client) {
        this.client = client;
    }

    Optional<PageCachePolicy> policyOf(PageCachePurge purge) {
        return policy(
                purge.getMetadata().getNamespace(), purge.getSpec().policyRef().name());
    }

    public Optional<PageCachePolicy> policy(String namespace, String name) {
        return Optional.ofNullable(client.resources(PageCachePolicy.class)
                .inNamespace(namespace)
                .withName(name)
                .get());
    }

    public Optional<CachePlan> planOf(PageCachePolicy policy) {
        PolicyChildren children = PolicyChildren.of(policy);
        ConfigMap stored = client.configMaps()
                .inNamespace(children.namespace())
                .withName(children.planConfigMap())
                .get();
        return PlanConfigMap.planIn(stored);
    }

    public List<ProxyPod> podsOf(PageCachePolicy policy) {
        PolicyChildren children = PolicyChildren.of(policy);
        return ProxyPod.of(client.pods()
                .inNamespace(children.namespace())
                .withLabels(children.labels())
                .list()
                .getItems());
    }
}
