package io.pagecache.operator.reconcile.policy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.operator.compile.ResolvedPolicy;
import io.pagecache.operator.desired.PolicyChildren;
import io.pagecache.operator.push.ProxyPod;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the operator watches but does not own: the proxies' pods and the Services that policies refer to. */
final class PolicyNeighbours {
    private static final String BY_BACKEND = "backend";

    private PolicyNeighbours() {}

    /** A new or replaced pod leads to a pass over its policy, and with that to a push. */
    static InformerEventSource<Pod, PageCachePolicy> podSource(EventSourceContext<PageCachePolicy> context) {
        return new InformerEventSource<>(
                InformerEventSourceConfiguration.from(Pod.class, PageCachePolicy.class)
                        .withName("proxy-pods")
                        .withLabelSelector(PolicyChildren.SELECTOR)
                        .withNamespacesInheritedFromController()
                        .withSecondaryToPrimaryMapper(PolicyNeighbours::policyOf)
                        .build(),
                context);
    }

    /** A Service that appears, changes or goes leads to a pass over the policies that refer to it. */
    static InformerEventSource<Service, PageCachePolicy> backendSource(EventSourceContext<PageCachePolicy> context) {
        IndexerResourceCache<PageCachePolicy> policies = context.getPrimaryCache();
        policies.addIndexer(
                BY_BACKEND,
                policy -> backends(policy).stream().map(ResourceID::toString).toList());
        return new InformerEventSource<>(
                InformerEventSourceConfiguration.from(Service.class, PageCachePolicy.class)
                        .withName("backends")
                        .withNamespacesInheritedFromController()
                        .withSecondaryToPrimaryMapper(service ->
                                policies
                                        .byIndex(
                                                BY_BACKEND,
                                                ResourceID.fromResource(service).toString())
                                        .stream()
                                        .map(ResourceID::fromResource)
                                        .collect(Collectors.toSet()))
                        .<PageCachePolicy>withPrimaryToSecondaryMapper(PolicyNeighbours::backends)
                        .build(),
                context);
    }

    static List<ProxyPod> pods(Context<PageCachePolicy> context) {
        return ProxyPod.of(context.getSecondaryResources(Pod.class));
    }

    /** The same from the API server itself. */
    static List<ProxyPod> listedPods(PageCachePolicy policy, KubernetesClient client) {
        PolicyChildren children = PolicyChildren.of(policy);
        return ProxyPod.of(client.pods()
                .inNamespace(children.namespace())
                .withLabels(children.labels())
                .list()
                .getItems());
    }

    static Optional<Service> service(Context<PageCachePolicy> context, String name) {
        return context.getSecondaryResources(Service.class).stream()
                .filter(service -> name.equals(service.getMetadata().getName()))
                .findFirst();
    }

    private static Set<ResourceID> policyOf(Pod pod) {
        String policy = pod.getMetadata().getLabels().get(PolicyChildren.POLICY_LABEL);
        return policy == null
                ? Set.of()
                : Set.of(new ResourceID(policy, pod.getMetadata().getNamespace()));
    }

    private static Set<ResourceID> backends(PageCachePolicy policy) {
        String namespace = policy.getMetadata().getNamespace();
        return ResolvedPolicy.backendRefs(policy.getSpec()).stream()
                .map(ref -> new ResourceID(ref.name(), namespace))
                .collect(Collectors.toSet());
    }
}
