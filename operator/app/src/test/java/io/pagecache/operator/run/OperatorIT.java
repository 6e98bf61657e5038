package io.pagecache.operator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.api.v1alpha1.PageCachePolicyStatus;
import io.pagecache.api.v1alpha1.PageCachePolicyStatus.Purge;
import io.pagecache.api.v1alpha1.PageCachePolicyStatus.PurgeState;
import io.pagecache.api.v1alpha1.PageCachePolicyStatus.WarmUp;
import io.pagecache.api.v1alpha1.PageCachePolicyStatus.WarmUpState;
import io.pagecache.api.v1alpha1.PageCachePurge;
import io.pagecache.e2e.Cluster;
import io.pagecache.e2e.ControlPlane;
import io.pagecache.e2e.KubernetesCluster;
import io.pagecache.e2e.pod.ContainerImage;
import io.pagecache.operator.ledger.LedgerPage;
import io.pagecache.operator.status.ConditionType;
import io.pagecache.operator.status.Conditions;
import io.pagecache.plan.PurgeOrder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The operator with no more than its documented rights on a real API server, with processes that answer like proxies. */
@KubernetesCluster
@Tag("seed:T2")
@Tag("seed:W15")
@Tag("seed:W16")
@Tag("seed:W17")
@Tag("seed:W31")
@Tag("seed:W20")
class OperatorIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String SPEC = """
            origin: { backendRef: { name: shop, port: 8080 } }
            proxy: { replicas: 2, cacheSize: 16Mi }
            """;

    private final ControlPlane controlPlane;
    private final KubernetesClient admin;
    private final String namespace;
    private final KubernetesClient operatorClient;
    private final PolicyAuthor author;
    private TestOperator operator;

    OperatorIT(Cluster cluster) {
        this.controlPlane = cluster.controlPlane();
        this.admin = cluster.client();
        this.namespace = cluster.createNamespace("operator");
        cluster.images()
                .add(
                        TestOperator.IMAGE,
                        ContainerImage.java(ScriptedProxy.class, "-Xmx64m")
                                .with("PAGECACHE_MANAGEMENT_HOST", "$(POD_IP)"));
        Definitions.install(admin);
        Rights.grant(admin, namespace);
        this.operatorClient = controlPlane.as(namespace, Rights.ACCOUNT);
        this.author = new PolicyAuthor(admin, namespace);
        this.operator = TestOperator.start(operatorClient, namespace);
    }

    @AfterEach
    void stop() {
        operator.close();
        operatorClient.close();
        admin.namespaces().withName(namespace).delete();
    }

    @Test
    void shouldRunProxiesAndPurgeThem() {
        author.createsOrigin("shop", 8080);

        author.applies("shop", SPEC);
        author.awaits("shop", "Ready", "True");
        author.awaits("shop", "Programmed", "True");
        author.awaits("shop", "ResolvedRefs", "True");
        author.awaits("shop", "OriginHealthy", "True");

        author.annotates("shop", "tag:article-42 @1");

        Purge purge = author.awaitsPurge("shop", done -> done.state() == PurgeState.COMPLETE);
        assertThat(purge.token()).isEqualTo("tag:article-42 @1");
        assertThat(purge.proxies()).isEqualTo("2/2");
        assertThat(purge.entries()).isEqualTo(6);

        author.annotates("shop", "tag:article-42 colour:red");

        Purge rejected = author.awaitsPurge("shop", done -> done.state() == PurgeState.REJECTED);
        assertThat(rejected.message()).startsWith("column 16: ");
        assertThat(ledger("shop").ledger().lastSequence()).isEqualTo(1);
        await().atMost(PATIENCE).until(() -> author.status("shop").orElseThrow().stats() != null);
        assertThat(author.status("shop").orElseThrow().stats().hitRatio()).isEqualTo("90.0%");
    }

    @Test
    @DisplayName("W20 Every proxy warms up, at its start, after purges and when told to")
    void shouldWarmUpProxies() {
        author.createsOrigin("shop", 8080);
        author.applies("shop", SPEC + "warmUp: { site: 'http://shop.test', urls: [/a, /b], onPurge: true }\n");

        awaitWarmUp("start");
        author.annotates("shop", "all @1");
        awaitWarmUp("purge 1");
        author.annotates("shop", PageCachePolicy.WARM_UP_ANNOTATION, "before the sale");
        WarmUp told = awaitWarmUp("annotation before the sale");

        assertThat(told.proxies()).isEqualTo("2/2");
        assertThat(told.done()).isEqualTo(4);
        assertThat(told.failed()).isZero();
    }

    private WarmUp awaitWarmUp(String id) {
        await().atMost(PATIENCE)
                .until(() -> author.status("shop")
                        .map(PageCachePolicyStatus::warmUp)
                        .filter(run -> id.equals(run.id()) && run.state() == WarmUpState.DONE)
                        .isPresent());
        return author.status("shop").orElseThrow().warmUp();
    }

    @Test
    void shouldDoOnceWhatWasAnnotatedWhileItWasAway() {
        author.createsOrigin("shop", 8080);
        author.applies("shop", SPEC);
        author.awaits("shop", "Programmed", "True");
        author.annotates("shop", "all @1");
        author.awaitsPurge("shop", done -> done.state() == PurgeState.COMPLETE);

        operator.close();
        author.annotates("shop", "all @2");
        operator = TestOperator.start(operatorClient, namespace);

        author.awaitsPurge("shop", done -> done.state() == PurgeState.COMPLETE && "all @2".equals(done.token()));
        operator.close();
        operator = TestOperator.start(operatorClient, namespace);
        author.applies("shop", SPEC.replace("16Mi", "17Mi"));
        author.awaits("shop", "Programmed", "True");
        assertThat(ledger("shop").ledger().lastSequence()).isEqualTo(2);
    }

    @Test
    void shouldCarryOutAPurgeAlthoughTheLedgerWasLost() {
        author.createsOrigin("shop", 8080);
        author.applies("shop", SPEC);
        author.awaits("shop", "Programmed", "True");
        author.annotates("shop", "all @1");
        author.awaitsPurge("shop", done -> done.state() == PurgeState.COMPLETE);
        author.annotates("shop", "all @2");
        author.awaitsPurge("shop", done -> done.state() == PurgeState.COMPLETE && "all @2".equals(done.token()));

        operator.close();
        admin.resource(storedPlan("shop")).delete();
        author.annotates("shop", "all @3");
        operator = TestOperator.start(operatorClient, namespace);

        author.awaitsPurge("shop", done -> done.state() == PurgeState.COMPLETE && "all @3".equals(done.token()));
        assertThat(ledger("shop").find("all @3")).map(PurgeOrder::sequence).contains(3L);
    }

    @Test
    void shouldCountForAPolicyWhileTheSecretOfAnotherIsBroken() {
        author.applies("blog", SPEC);
        author.awaits("blog", "Programmed", "True");
        operator.close();
        admin.secrets()
                .inNamespace(namespace)
                .withName("blog-pagecache-management")
                .edit(secret -> {
                    secret.getData().clear();
                    return secret;
                });
        author.applies("shop", SPEC);

        operator = TestOperator.start(operatorClient, namespace);

        await().atMost(PATIENCE)
                .until(() ->
                        author.status("shop").map(PageCachePolicyStatus::stats).isPresent());
    }

    @Test
    void shouldKeepTheLastGoodPlanOfARejectedPolicy() {
        author.createsOrigin("shop", 8080);
        author.applies("shop", SPEC);
        author.awaits("shop", "Programmed", "True");
        String good = author.status("shop").orElseThrow().revision();

        author.applies(
                "shop",
                SPEC + "rules: [{ name: broken, match: { path: { type: Regex, value: '(' } }, cache: Never }]\n");

        assertThat(author.awaits("shop", "Accepted", "False").getMessage()).contains("spec.rules[0].match.path.value");
        assertThat(author.awaits("shop", "Programmed", "False").getReason()).isEqualTo("LastGoodPlan");
        assertThat(author.awaits("shop", "Ready", "True")).isNotNull();
        assertThat(author.status("shop").orElseThrow().revision()).isEqualTo(good);
    }

    @Test
    void shouldSayWhichProxyRefusesAPlan() {
        author.createsOrigin("shop", 8080);
        author.applies("shop", SPEC);
        author.awaits("shop", "Programmed", "True");

        author.applies("shop", SPEC + "hosts: [refused.example]\n");

        assertThat(author.awaits("shop", "Programmed", "False").getMessage())
                .endsWith("hosts has a host that this proxy does not like");
    }

    @Test
    void shouldProgramAPolicyBeforeItsOriginExists() {
        author.applies("shop", SPEC);
        assertThat(author.awaits("shop", "ResolvedRefs", "False").getReason()).isEqualTo("BackendNotFound");
        author.awaits("shop", "Programmed", "True");

        author.createsOrigin("shop", 8080);

        author.awaits("shop", "ResolvedRefs", "True");
        author.awaits("shop", "Programmed", "True");
    }

    @Test
    void shouldNameASecretThatIsMissingWhileProxiesServeOn() {
        author.createsOrigin("shop", 8080);
        author.applies("shop", SPEC);
        author.awaits("shop", "Ready", "True");

        author.applies("shop", SPEC + """
                pages:
                  values:
                    - { name: account, cookie: { name: token, encoding: JWT, secretRef: { name: jwt, key: secret } } }
                    - { name: msg, messages: { configMapRef: { name: texts }, languages: [en] } }
                """);

        assertThat(author.awaits("shop", "ResolvedRefs", "False"))
                .satisfies(condition -> assertThat(condition.getReason()).isEqualTo("SecretNotFound"))
                .satisfies(condition -> assertThat(condition.getMessage())
                        .isEqualTo("spec.pages.values[0].cookie.secretRef: Secret %1$s/jwt does not exist."
                                        .formatted(namespace)
                                + " spec.pages.values[1].messages.configMapRef: ConfigMap %1$s/texts does not exist."
                                        .formatted(namespace)));
        author.awaits("shop", "Programmed", "True");
        author.awaits("shop", "Ready", "True");
        author.awaits("shop", "OriginHealthy", "True");

        create("Secret", "jwt", "stringData: { other: x }");
        create("ConfigMap", "texts", "data: { en: 'hello=Hello' }");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(author.awaits("shop", "ResolvedRefs", "False"))
                        .satisfies(
                                condition -> assertThat(condition.getReason()).isEqualTo("KeyNotFound"))
                        .satisfies(
                                condition -> assertThat(condition.getMessage()).endsWith("/jwt has no key secret.")));

        admin.secrets().inNamespace(namespace).withName("jwt").edit(secret -> {
            secret.getData().put("secret", "c2VjcmV0");
            return secret;
        });

        author.awaits("shop", "ResolvedRefs", "True");
    }

    private void create(String kind, String name, String data) {
        admin.resource("""
                        apiVersion: v1
                        kind: %s
                        metadata: { name: %s, namespace: %s }
                        %s
                        """.formatted(kind, name, namespace, data)).create();
    }

    @Test
    void shouldWriteNothingAtRestAndRestoreWhatIsDeleted() {
        author.createsOrigin("shop", 8080);
        author.applies("shop", SPEC);
        author.awaits("shop", "Ready", "True");
        await().atMost(PATIENCE).until(() -> author.status("shop").orElseThrow().stats() != null);

        await("no write for two passes")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(5))
                .until(this::version, new Unchanged()::twice);

        admin.services().inNamespace(namespace).withName("shop-pagecache").delete();
        admin.configMaps()
                .inNamespace(namespace)
                .withName("shop-pagecache-plan")
                .delete();
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(admin.services()
                            .inNamespace(namespace)
                            .withName("shop-pagecache")
                            .get())
                    .isNotNull();
            assertThat(storedPlan("shop")).isNotNull();
            assertThat(storedPlan("shop").getData()).containsKeys("plan.json", "purges.json");
        });
    }

    @Test
    void shouldRestoreWhatIsEditedAndLeaveTheObjectsOfOthersAlone() {
        admin.resource("""
                        apiVersion: v1
                        kind: ServiceAccount
                        metadata: { name: blog-pagecache, namespace: %s }
                        """.formatted(namespace)).create();
        author.createsOrigin("shop", 8080);
        author.applies("shop", SPEC);
        author.applies("blog", SPEC);
        author.awaits("shop", "Ready", "True");

        admin.services().inNamespace(namespace).withName("shop-pagecache").edit(service -> {
            service.getMetadata().getLabels().remove("app.kubernetes.io/managed-by");
            service.getSpec().getPorts().getFirst().setPort(8099);
            return service;
        });

        await().atMost(PATIENCE).untilAsserted(() -> {
            Service service = admin.services()
                    .inNamespace(namespace)
                    .withName("shop-pagecache")
                    .get();
            assertThat(service.getMetadata().getLabels()).containsKey("app.kubernetes.io/managed-by");
            assertThat(service.getSpec().getPorts())
                    .extracting(ServicePort::getPort)
                    .containsExactly(80);
        });
        assertThat(author.awaits("blog", "Programmed", "Unknown").getMessage()).contains("blog-pagecache");
    }

    @Test
    void shouldReplaceAKilledProxyAndBringItUpToDate() {
        author.createsOrigin("shop", 8080);
        author.applies("shop", SPEC);
        author.awaits("shop", "Ready", "True");
        Pod victim = pods("shop").getFirst();

        admin.resource(victim).withGracePeriod(0).delete();

        await().atMost(PATIENCE).untilAsserted(() -> {
            PageCachePolicyStatus status = author.status("shop").orElseThrow();
            assertThat(status.proxies().programmed()).isEqualTo(2);
            assertThat(status.proxies().summary()).isEqualTo("2/2");
            assertThat(pods("shop"))
                    .noneMatch(pod -> pod.getMetadata()
                            .getUid()
                            .equals(victim.getMetadata().getUid()));
        });
    }

    @Test
    void shouldDeleteTheChildrenOfADeletedPolicy() {
        author.createsOrigin("shop", 8080);
        author.applies("shop", SPEC);
        author.awaits("shop", "Ready", "True");

        author.deletes("shop");

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(pods("shop")).isEmpty();
            assertThat(admin.secrets().inNamespace(namespace).list().getItems()).isEmpty();
            assertThat(admin.configMaps()
                            .inNamespace(namespace)
                            .withLabel("pagecache.io/policy")
                            .list()
                            .getItems())
                    .isEmpty();
        });
    }

    @Test
    void shouldCarryOutAPurgeObjectAndDeleteItLater() {
        author.createsOrigin("shop", 8080);
        author.applies("shop", SPEC);
        author.awaits("shop", "Ready", "True");

        createPurge("deploy-7", "shop", "ttlSecondsAfterFinished: 2");
        createPurge("lost", "nobody", "ttlSecondsAfterFinished: 600");

        awaitCondition("deploy-7", ConditionType.COMPLETE);
        assertThat(purge("deploy-7").getStatus().proxies())
                .hasSize(2)
                .allSatisfy(proxy -> assertThat(proxy.entries()).isEqualTo(3));
        awaitCondition("lost", ConditionType.FAILED);
        assertThat(Conditions.find(purge("lost").getStatus().conditions(), ConditionType.FAILED))
                .map(Condition::getReason)
                .contains("PolicyNotFound");
        await().atMost(PATIENCE).until(() -> purge("deploy-7") == null);
    }

    @Test
    void shouldCarryOutAPurgeObjectThatCameBeforeItsPolicy() {
        createPurge("early", "shop", "ttlSecondsAfterFinished: 600");
        await().atMost(PATIENCE)
                .until(() -> purge("early").getStatus() != null
                        && Conditions.find(purge("early").getStatus().conditions(), ConditionType.FAILED)
                                .filter(condition -> condition.getMessage().isEmpty())
                                .isPresent());

        author.applies("shop", SPEC);

        awaitCondition("early", ConditionType.COMPLETE);
        assertThat(ledger("shop").ledger().lastSequence()).isEqualTo(1);
    }

    private final class Unchanged {
        private String last = "";

        private boolean twice(String version) {
            boolean same = version.equals(last);
            last = version;
            return same;
        }
    }

    private String version() {
        return author.policy("shop").get().getMetadata().getResourceVersion();
    }

    private LedgerPage ledger(String policy) {
        return LedgerPage.of(storedPlan(policy));
    }

    private ConfigMap storedPlan(String policy) {
        return admin.configMaps()
                .inNamespace(namespace)
                .withName(policy + "-pagecache-plan")
                .get();
    }

    private List<Pod> pods(String policy) {
        return admin.pods()
                .inNamespace(namespace)
                .withLabel("pagecache.io/policy", policy)
                .list()
                .getItems();
    }

    private void createPurge(String name, String policy, String more) {
        admin.resource("""
                        apiVersion: pagecache.io/v1alpha1
                        kind: PageCachePurge
                        metadata: { name: %s, namespace: %s }
                        spec: { policyRef: { name: %s }, scopes: { tags: [article-42] }, %s }
                        """.formatted(name, namespace, policy, more)).create();
    }

    private PageCachePurge purge(String name) {
        return admin.resources(PageCachePurge.class)
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    private void awaitCondition(String purge, ConditionType type) {
        await(type + " of " + purge)
                .atMost(PATIENCE)
                .until(() -> purge(purge).getStatus() != null
                        && Conditions.find(purge(purge).getStatus().conditions(), type)
                                .filter(condition -> "True".equals(condition.getStatus()))
                                .isPresent());
    }
}
