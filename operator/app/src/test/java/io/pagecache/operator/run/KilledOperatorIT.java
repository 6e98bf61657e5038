package io.pagecache.operator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.pagecache.api.v1alpha1.PageCachePolicyStatus.PurgeState;
import io.pagecache.api.v1alpha1.PageCachePurge;
import io.pagecache.e2e.Cluster;
import io.pagecache.e2e.KubernetesCluster;
import io.pagecache.e2e.pod.ContainerImage;
import io.pagecache.operator.ledger.LedgerPage;
import io.pagecache.operator.status.ConditionType;
import io.pagecache.operator.status.Conditions;
import io.pagecache.plan.PurgeOrder;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An operator that dies at each point of a purge: the next one ends it, and orders nothing twice. */
@KubernetesCluster
class KilledOperatorIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String SPEC = """
            origin: { backendRef: { name: shop, port: 8080 } }
            proxy: { replicas: 1, cacheSize: 16Mi }
            """;

    private final KubernetesClient admin;
    private final String namespace;
    private final Config operatorConfig;
    private final KubernetesClient operatorClient;
    private final PolicyAuthor author;

    KilledOperatorIT(Cluster cluster) {
        this.admin = cluster.client();
        this.namespace = cluster.createNamespace("killed");
        cluster.images()
                .add(
                        TestOperator.IMAGE,
                        ContainerImage.java(ScriptedProxy.class, "-Xmx64m")
                                .with("PAGECACHE_MANAGEMENT_HOST", "$(POD_IP)"));
        Definitions.install(admin);
        Rights.grant(admin, namespace);
        this.operatorConfig = cluster.controlPlane().configOf(namespace, Rights.ACCOUNT);
        this.operatorClient = cluster.controlPlane().as(namespace, Rights.ACCOUNT);
        this.author = new PolicyAuthor(admin, namespace);
        author.createsOrigin("shop", 8080);
        author.applies("shop", SPEC);
        TestOperator healthy = TestOperator.startWithoutLease(operatorClient, namespace);
        author.awaits("shop", "Programmed", "True");
        author.awaits("shop", "Ready", "True");
        closes(healthy);
    }

    @AfterEach
    void stop() {
        operatorClient.close();
        admin.namespaces().withName(namespace).delete();
    }

    @Test
    @DisplayName("killed at any point of a purge by annotation, the operator completes it after its restart, once")
    void shouldCompleteAPurgeByAnnotation() {
        int purges = 0;
        for (Death.Moment moment : Death.Moment.values()) {
            purges++;
            String value = "all @" + moment;

            dies(moment, () -> author.annotates("shop", value));

            TestOperator next = TestOperator.startWithoutLease(operatorClient, namespace);
            author.awaitsPurge("shop", purge -> purge.state() == PurgeState.COMPLETE && value.equals(purge.token()));
            closes(next);
            assertThat(page().ledger().orders())
                    .as("orders after death %s", moment)
                    .hasSize(purges)
                    .last()
                    .extracting(PurgeOrder::token)
                    .isEqualTo(value);
        }
    }

    @Test
    @DisplayName("killed at any point of a PageCachePurge, the operator completes it after its restart, once")
    void shouldCompleteAPurgeObject() {
        int purges = 0;
        for (Death.Moment moment : Death.Moment.values()) {
            purges++;
            String name = "purge-" + purges;

            dies(moment, () -> creates(name));

            TestOperator next = TestOperator.startWithoutLease(operatorClient, namespace);
            await().atMost(PATIENCE).until(() -> isComplete(name));
            closes(next);
            assertThat(page().ledger().orders())
                    .as("orders after death %s", moment)
                    .hasSize(purges);
        }
    }

    /** An operator that is up and idle when somebody asks for the purge, and gone at the moment. */
    private void dies(Death.Moment moment, Runnable purge) {
        Death death = new Death(moment);
        try (KubernetesClient mortal = death.client(operatorConfig)) {
            TestOperator operator = TestOperator.startWithoutLease(mortal, namespace);
            await().atMost(PATIENCE).until(operator::isRunning);
            death.arm();
            purge.run();
            await(moment.toString()).atMost(PATIENCE).until(death::hasCome);
            operator.close();
        }
    }

    private static void closes(TestOperator operator) {
        await().atMost(PATIENCE).until(operator::isRunning);
        operator.close();
    }

    private void creates(String name) {
        admin.resource("""
                        apiVersion: pagecache.io/v1alpha1
                        kind: PageCachePurge
                        metadata: { name: %s, namespace: %s }
                        spec: { policyRef: { name: shop }, scopes: { all: true } }
                        """.formatted(name, namespace)).create();
    }

    private boolean isComplete(String name) {
        PageCachePurge purge = admin.resources(PageCachePurge.class)
                .inNamespace(namespace)
                .withName(name)
                .get();
        return purge.getStatus() != null
                && Conditions.find(purge.getStatus().conditions(), ConditionType.COMPLETE)
                        .filter(condition -> "True".equals(condition.getStatus()))
                        .isPresent();
    }

    private LedgerPage page() {
        return LedgerPage.of(admin.configMaps()
                .inNamespace(namespace)
                .withName("shop-pagecache-plan")
                .get());
    }
}
