package io.pagecache.operator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.pagecache.e2e.Cluster;
import io.pagecache.e2e.KubernetesCluster;
import io.pagecache.e2e.pod.ContainerImage;
import io.pagecache.operator.ledger.LedgerPage;
import io.pagecache.plan.PurgeMode;
import io.pagecache.plan.PurgeOrder;
import io.pagecache.plan.PurgeScope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Purges on the rollout of real workloads, whose pods run and take their time to stop. */
@KubernetesCluster
class RolloutIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String APPLICATION = "pagecache-test/stubborn-application";
    private static final String SPEC = """
            origin: { backendRef: { name: shop, port: 8080 } }
            proxy: { replicas: 1, cacheSize: 16Mi }
            purging:
              onRolloutOf:
                - { kind: Deployment, name: shop, scopes: { tags: [page] } }
                - { kind: StatefulSet, name: search, scopes: { prefixes: [/search] } }
                - { kind: ConfigMap, name: texts, mode: Hard }
            """;
    private static final String WORKLOAD = """
            apiVersion: apps/v1
            kind: %s
            metadata: { name: %s, namespace: %s }
            spec:
              replicas: 1
              selector: { matchLabels: { app: %s } }
              %s
              template:
                metadata: { labels: { app: %s } }
                spec:
                  terminationGracePeriodSeconds: 3
                  automountServiceAccountToken: false
                  containers: [{ name: main, image: %s }]
            """;

    private final KubernetesClient admin;
    private final String namespace;
    private final KubernetesClient operatorClient;
    private final PolicyAuthor author;
    private TestOperator operator;

    RolloutIT(Cluster cluster) {
        this.admin = cluster.client();
        this.namespace = cluster.createNamespace("rollout");
        cluster.images()
                .add(
                        TestOperator.IMAGE,
                        ContainerImage.java(ScriptedProxy.class, "-Xmx64m")
                                .with("PAGECACHE_MANAGEMENT_HOST", "$(POD_IP)"));
        // It finishes its requests, whatever SIGTERM says.
        cluster.images().add(APPLICATION, ContainerImage.command("sh", "-c", "trap '' TERM; exec sleep 600"));
        Definitions.install(admin);
        Rights.grant(admin, namespace);
        this.operatorClient = cluster.controlPlane().as(namespace, Rights.ACCOUNT);
        this.author = new PolicyAuthor(admin, namespace);
        this.operator = TestOperator.startWithoutLease(operatorClient, namespace);
    }

    @AfterEach
    void stop() {
        operator.close();
        operatorClient.close();
        admin.namespaces().withName(namespace).delete();
    }

    @Test
    @DisplayName(
            "a rollout purges once, when it is complete and the old pods are gone, whatever happens to the operator meanwhile")
    void shouldPurgeWhenTheRolloutIsComplete() {
        createWorkloads();
        author.createsOrigin("shop", 8080);
        author.applies("shop", SPEC);
        author.awaits("shop", "Programmed", "True");
        await().atMost(PATIENCE)
                .until(() -> page().taken().rollouts().size() == 3
                        && !page().taken().rollouts().containsValue("under way"));

        rolls(container -> "pagecache-test/no-such-image");
        await().atMost(PATIENCE)
                .until(() -> "under way".equals(page().taken().rollouts().get("Deployment shop")));
        operator.close();
        operator = TestOperator.startWithoutLease(operatorClient, namespace);
        assertThat(page().ledger().lastSequence()).isZero();
        rolls(container -> APPLICATION);

        PurgeOrder takenBack = awaitsOrder(1);
        assertThat(takenBack.mode()).isEqualTo(PurgeMode.SOFT);
        assertThat(takenBack.scopes()).containsExactly(new PurgeScope.Tag("page"));

        annotatesTemplate("shop");
        Instant oldPodGone = awaitsEndOfTheOldPod();
        PurgeOrder rolledOut = awaitsOrder(2);
        assertThat(rolledOut.requestedAt()).isAfterOrEqualTo(oldPodGone);

        admin.configMaps().inNamespace(namespace).withName("texts").edit(map -> {
            map.getMetadata().setLabels(Map.of("unrelated", "yes"));
            return map;
        });
        annotatesTemplate("search");
        PurgeOrder ofTheSet = awaitsOrder(3);
        assertThat(ofTheSet.scopes()).containsExactly(new PurgeScope.Prefix("/search"));

        admin.configMaps().inNamespace(namespace).withName("texts").edit(map -> {
            map.setData(Map.of("greeting", "Hello"));
            return map;
        });
        PurgeOrder ofTheMap = awaitsOrder(4);
        assertThat(ofTheMap.mode()).isEqualTo(PurgeMode.HARD);
        assertThat(ofTheMap.scopes()).containsExactly(new PurgeScope.All());
        assertThat(operator.counted("pagecache.operator.purges", "source", "rollout"))
                .isEqualTo(4);
        assertThat(admin.events().v1().events().inNamespace(namespace).list().getItems())
                .filteredOn(event -> "RolledOut".equals(event.getReason()))
                .hasSize(4);
    }

    private void createWorkloads() {
        admin.resource(workload(
                        "Deployment", "shop", "strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }"))
                .create();
        admin.resource(workload("StatefulSet", "search", "serviceName: search")).create();
        admin.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("texts")
                        .endMetadata()
                        .addToData("greeting", "Hi")
                        .build())
                .create();
    }

    private String workload(String kind, String name, String more) {
        return WORKLOAD.formatted(kind, name, namespace, name, more, name, APPLICATION);
    }

    private void rolls(UnaryOperator<String> image) {
        admin.apps().deployments().inNamespace(namespace).withName("shop").edit(deployment -> {
            var container =
                    deployment.getSpec().getTemplate().getSpec().getContainers().getFirst();
            container.setImage(image.apply(container.getImage()));
            return deployment;
        });
    }

    private void annotatesTemplate(String name) {
        Map<String, String> again = Map.of("restartedAt", Instant.now().toString());
        if (name.equals("search")) {
            admin.apps().statefulSets().inNamespace(namespace).withName(name).edit(set -> {
                set.getSpec().getTemplate().getMetadata().setAnnotations(again);
                return set;
            });
            return;
        }
        admin.apps().deployments().inNamespace(namespace).withName(name).edit((Deployment deployment) -> {
            deployment.getSpec().getTemplate().getMetadata().setAnnotations(again);
            return deployment;
        });
    }

    /** When the pod that has to go must be gone. */
    private Instant awaitsEndOfTheOldPod() {
        AtomicReference<Instant> end = new AtomicReference<>();
        await("an old pod that stops")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    List<Pod> pods = admin.pods()
                            .inNamespace(namespace)
                            .withLabel("app", "shop")
                            .list()
                            .getItems();
                    pods.stream()
                            .map(pod -> pod.getMetadata().getDeletionTimestamp())
                            .filter(Objects::nonNull)
                            .forEach(time -> end.set(Instant.parse(time)));
                    return end.get() != null;
                });
        return end.get();
    }

    private PurgeOrder awaitsOrder(long sequence) {
        await("purge " + sequence).atMost(PATIENCE).until(() -> page().ledger().lastSequence() >= sequence);
        assertThat(page().ledger().lastSequence()).isEqualTo(sequence);
        return page().ledger().orders().getLast();
    }

    private LedgerPage page() {
        return LedgerPage.of(admin.configMaps()
                .inNamespace(namespace)
                .withName("shop-pagecache-plan")
                .get());
    }
}
