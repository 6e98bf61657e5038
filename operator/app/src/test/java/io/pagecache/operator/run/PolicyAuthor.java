package io.pagecache.operator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.api.v1alpha1.PageCachePolicyStatus;
import io.pagecache.api.v1alpha1.PageCachePolicyStatus.Purge;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A person with kubectl: writes policies and looks at their status. */
final class PolicyAuthor {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final KubernetesClient client;
    private final String namespace;

    PolicyAuthor(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    void createsOrigin(String name, int port) {
        client.resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .addNewPort()
                        .withPort(port)
                        .endPort()
                        .endSpec()
                        .build())
                .create();
    }

    /** A policy with this spec beside the origin, in YAML. */
    void applies(String name, String spec) {
        client.resource("""
                        apiVersion: pagecache.io/v1alpha1
                        kind: PageCachePolicy
                        metadata: { name: %s, namespace: %s }
                        spec:
                        %s
                        """.formatted(name, namespace, spec.indent(2)))
                .fieldManager("author")
                .forceConflicts()
                .serverSideApply();
    }

    void annotates(String name, String purge) {
        annotates(name, PageCachePolicy.PURGE_ANNOTATION, purge);
    }

    void annotates(String name, String annotation, String value) {
        PatchContext mergePatch = PatchContext.of(PatchType.JSON_MERGE);
        String patch = Serialization.asJson(Map.of("metadata", Map.of("annotations", Map.of(annotation, value))));
        policy(name).patch(mergePatch, patch);
    }

    void deletes(String name) {
        policy(name).delete();
    }

    Resource<PageCachePolicy> policy(String name) {
        return client.resources(PageCachePolicy.class).inNamespace(namespace).withName(name);
    }

    Optional<PageCachePolicyStatus> status(String name) {
        return Optional.ofNullable(policy(name).get()).map(PageCachePolicy::getStatus);
    }

    /** Waits until the condition has this status, and for this generation. */
    Condition awaits(String name, String type, String status) {
        await(type + "=" + status)
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(condition(name, type))
                        .as("%s of %s", type, policy(name).get().getStatus())
                        .isPresent()
                        .get()
                        .satisfies(condition -> {
                            assertThat(condition.getStatus()).isEqualTo(status);
                            assertThat(condition.getObservedGeneration())
                                    .isEqualTo(policy(name).get().getMetadata().getGeneration());
                        }));
        return condition(name, type).orElseThrow();
    }

    Purge awaitsPurge(String name, Predicate<Purge> expected) {
        await("purge")
                .atMost(PATIENCE)
                .until(() -> status(name)
                        .map(PageCachePolicyStatus::purge)
                        .filter(expected)
                        .isPresent());
        return status(name).map(PageCachePolicyStatus::purge).orElseThrow();
    }

    private Optional<Condition> condition(String name, String type) {
        return status(name)
                .flatMap(status -> Optional.ofNullable(status.conditions()).stream()
                        .flatMap(conditions -> conditions.stream())
                        .filter(condition -> type.equals(condition.getType()))
                        .findFirst());
    }
}
