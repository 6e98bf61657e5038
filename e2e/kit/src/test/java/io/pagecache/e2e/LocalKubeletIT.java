package io.pagecache.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.pagecache.e2e.pod.ContainerImage;
import io.pagecache.e2e.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@KubernetesCluster
@Tag("seed:T3")
class LocalKubeletIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Cluster cluster;
    private final LocalKubelet kubelet;
    private final KubernetesClient client;
    private String namespace = "";

    LocalKubeletIT(Cluster cluster, LocalKubelet kubelet, KubernetesClient client) {
        this.cluster = cluster;
        this.kubelet = kubelet;
        this.client = client;
    }

    @BeforeAll
    static void addImages(Cluster cluster) {
        cluster.images()
                .add("small-server", ContainerImage.java(SmallServer.class, "-XX:TieredStopAtLevel=1", "-Xmx32m"))
                .add("reader", ContainerImage.java(InClusterReader.class, "-XX:TieredStopAtLevel=1"))
                .add("shell", ContainerImage.command("sh", "-c"));
    }

    @BeforeEach
    void makeNamespace() {
        namespace = cluster.createNamespace("kubelet");
    }

    @Test
    void shouldServeADeploymentThroughItsService() {
        deploy("web", 2);

        ServiceAddress address = kubelet.address(namespace, "web", 80);

        Set<String> names = new HashSet<>();
        for (int i = 0; i < 6; i++) {
            names.add(get(address.http("/name")));
        }
        assertThat(names).hasSize(2);
        assertThat(pods()).extracting(pod -> pod.getStatus().getPodIP()).doesNotHaveDuplicates();
    }

    @Test
    void shouldShowPodsWhatTheirSpecSays() {
        deploy("web", 1);
        ServiceAddress address = kubelet.address(namespace, "web", 80);

        assertThat(get(address.http("/env?MODE"))).isEqualTo("from-config");
        assertThat(get(address.http("/env?MEMORY"))).isEqualTo("67108864");
        assertThat(get(address.http("/env?LABEL"))).isEqualTo("web");
        assertThat(get(address.http("/env?PATH_TO_SELF"))).isEqualTo("/" + get(address.http("/name")));
        assertThat(get(address.http("/args"))).isEqualTo("--name=" + get(address.http("/name")));
        assertThat(get(address.http("/file?/var/run/secrets/kubernetes.io/serviceaccount/namespace")))
                .isEqualTo(namespace);
        assertThat(get(address.http("/client"))).isEqualTo("127.0.0.1");
    }

    @Test
    void shouldResolveServicesInsidePods() {
        deploy("web", 1);
        ServiceAddress address = kubelet.address(namespace, "web", 80);

        assertThat(get(address.http("/resolve?web"))).isEqualTo(address.host());
        assertThat(get(address.http("/resolve?web." + namespace + ".svc.cluster.local")))
                .isEqualTo(address.host());
        assertThat(get(address.http("/fetch?http://web." + namespace + ".svc/name")))
                .startsWith("web-");
        soon().untilAsserted(() -> assertThat(get(address.http("/resolve?web-pods")))
                .isEqualTo(pods().getFirst().getStatus().getPodIP()));
    }

    @Test
    void shouldRefreshAConfigMapInARunningPod() {
        deploy("web", 1);
        ServiceAddress address = kubelet.address(namespace, "web", 80);
        assertThat(get(address.http("/file?/etc/small/mode"))).isEqualTo("from-config");

        client.configMaps()
                .inNamespace(namespace)
                .withName("web")
                .edit(map ->
                        new ConfigMapBuilder(map).addToData("mode", "changed").build());

        await().atMost(Duration.ofSeconds(3))
                .untilAsserted(() ->
                        assertThat(get(address.http("/file?/etc/small/mode"))).isEqualTo("changed"));
    }

    @Test
    void shouldRestartAContainerThatEnds() {
        deploy("web", 1);
        String pod = pods().getFirst().getMetadata().getName();

        kubelet.process(namespace, pod).ifPresent(process -> process.signal("KILL"));

        soon().untilAsserted(() -> {
            var status = pods().getFirst().getStatus().getContainerStatuses().getFirst();
            assertThat(status.getRestartCount()).isEqualTo(1);
            assertThat(status.getReady()).isTrue();
            assertThat(status.getLastState().getTerminated().getExitCode()).isEqualTo(137);
        });
        assertThat(kubelet.log(pod)).contains("started").containsSubsequence("started", "started");
    }

    @Test
    void shouldGiveAPodTheRightsOfItsServiceAccount() {
        SmallManifests.of("in-cluster", namespace)
                .forEach(object -> client.resource(object).create());

        soon().untilAsserted(() ->
                assertThat(pods().getFirst().getStatus().getPhase()).isEqualTo("Succeeded"));

        assertThat(kubelet.log("reader").lines())
                .contains("namespace=" + namespace)
                .filteredOn(line -> line.startsWith("configmaps") || line.startsWith("secrets"))
                .containsExactly("configmaps=true", "secrets=403", "configmaps=true", "secrets=403");
    }

    @Test
    void shouldRunAJobWithInitContainersAndAllKindsOfVolumes() {
        SmallManifests.of("job", namespace)
                .forEach(object -> client.resource(object).create());

        soon().untilAsserted(() -> assertThat(client.batch()
                        .v1()
                        .jobs()
                        .inNamespace(namespace)
                        .withName("volumes")
                        .get()
                        .getStatus()
                        .getSucceeded())
                .isEqualTo(1));

        assertThat(kubelet.log(pods().getFirst().getMetadata().getName()))
                .contains("shared=from-init", "secret=s3cret", "label=volumes", "renamed=value", "single=value")
                .contains("read-only", "mode=400");
    }

    @Test
    void shouldStopSendingTrafficToAPodThatIsNotReady() {
        deploy("web", 2);
        ServiceAddress address = kubelet.address(namespace, "web", 80);
        String frozen = pods().getFirst().getMetadata().getName();
        ChildProcess process = kubelet.process(namespace, frozen).orElseThrow();

        process.signal("STOP");

        soon().until(() -> !isReady(frozen));
        for (int i = 0; i < 4; i++) {
            assertThat(get(address.http("/name"))).isNotEqualTo(frozen);
        }
        process.signal("CONT");
        soon().until(() -> isReady(frozen));
    }

    private boolean isReady(String pod) {
        return client.pods().inNamespace(namespace).withName(pod).isReady();
    }

    @Test
    void shouldTellLogsThroughTheApi() {
        client.resource(SmallManifests.pod(namespace, "talker", "shell", "echo one; echo two; exec sleep 600"))
                .create();

        var talker = client.pods().inNamespace(namespace).withName("talker");

        soon().untilAsserted(() -> {
            assertThat(talker.getLog()).isEqualTo("one\ntwo\n");
            assertThat(talker.tailingLines(1).getLog()).isEqualTo("two\n");
        });
    }

    @Test
    void shouldReportACrashLoop() {
        client.resource(SmallManifests.pod(namespace, "crash", "shell", "exit 3"))
                .create();

        soon().untilAsserted(() -> {
            var status = pods().getFirst().getStatus().getContainerStatuses().getFirst();
            assertThat(status.getState().getWaiting()).isNotNull();
            assertThat(status.getState().getWaiting().getReason()).isEqualTo("CrashLoopBackOff");
            assertThat(status.getLastState().getTerminated().getExitCode()).isEqualTo(3);
        });
    }

    @Test
    void shouldReportAnImageThatNobodyKnows() {
        client.resource(SmallManifests.pod(namespace, "unknown", "nobody/knows:1", "x"))
                .create();

        soon().untilAsserted(() -> assertThat(pods().getFirst().getStatus().getContainerStatuses())
                .first()
                .satisfies(status ->
                        assertThat(status.getState().getWaiting().getReason()).isEqualTo("ErrImagePull")));
    }

    @Test
    void shouldFinishRequestsDuringTheGraceOfATermination() throws Exception {
        deploy("web", 1);
        ServiceAddress address = kubelet.address(namespace, "web", 80);
        String pod = pods().getFirst().getMetadata().getName();
        CompletableFuture<String> slow = CompletableFuture.supplyAsync(() -> get(address.http("/slow?2000")));
        ChildProcess process = kubelet.process(namespace, pod).orElseThrow();
        await().during(Duration.ofMillis(300)).until(() -> !slow.isDone());

        client.pods().inNamespace(namespace).withName(pod).delete();

        assertThat(slow.get(10, TimeUnit.SECONDS)).isEqualTo("done");
        soon().until(() -> !process.isAlive());
        soon().untilAsserted(() -> assertThat(kubelet.log(pod)).contains("draining"));
    }

    @Test
    void shouldEndAContainerThatIgnoresSigterm() {
        Pod stubborn = SmallManifests.pod(namespace, "stubborn", "shell", "trap '' TERM; while :; do sleep 1; done");
        stubborn.getSpec().setTerminationGracePeriodSeconds(1L);
        client.resource(stubborn).create();
        soon().until(() -> kubelet.process(namespace, "stubborn").isPresent());
        ChildProcess process = kubelet.process(namespace, "stubborn").orElseThrow();

        client.resource(stubborn).delete();

        await().atMost(Duration.ofSeconds(8)).until(() -> !process.isAlive());
        soon().until(() -> pods().isEmpty());
    }

    @Test
    void shouldRollADeploymentWithoutAnUnreadyMoment() {
        deploy("web", 2);
        ServiceAddress address = kubelet.address(namespace, "web", 80);
        Set<String> before = names();

        client.apps().deployments().inNamespace(namespace).withName("web").edit(deployment -> {
            deployment.getSpec().getTemplate().getMetadata().setAnnotations(Map.of("version", "2"));
            return deployment;
        });

        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    get(address.http("/name"));
                    return names().size() == 2 && names().stream().noneMatch(before::contains);
                });
    }

    @Test
    void shouldEndProcessesWithTheirNamespace() {
        deploy("web", 2);
        List<ChildProcess> processes = pods().stream()
                .map(pod ->
                        kubelet.process(namespace, pod.getMetadata().getName()).orElseThrow())
                .toList();

        cluster.deleteNamespace(namespace);

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(processes).noneMatch(ChildProcess::isAlive);
            assertThat(client.namespaces().withName(namespace).get()).isNull();
        });
    }

    @Test
    void shouldRestartContainersWhileTheApiServerIsAway() {
        deploy("web", 1);
        String pod = pods().getFirst().getMetadata().getName();
        ServiceAddress address = kubelet.address(namespace, "web", 80);
        ChildProcess first = kubelet.process(namespace, pod).orElseThrow();

        try (ControlPlane.Outage _ = cluster.controlPlane().outage().orElseThrow()) {
            first.signal("KILL");
            soon().ignoreExceptions()
                    .untilAsserted(() -> assertThat(get(address.http("/file?/etc/small/mode")))
                            .isEqualTo("from-config"));
        }

        soon().untilAsserted(() -> assertThat(pods().getFirst()
                        .getStatus()
                        .getContainerStatuses()
                        .getFirst()
                        .getRestartCount())
                .isEqualTo(1));
    }

    private void deploy(String name, int replicas) {
        SmallManifests.application(namespace, name, replicas)
                .forEach(object -> client.resource(object).create());
        client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName(name)
                .waitUntilCondition(LocalKubeletIT::isAvailable, 60, TimeUnit.SECONDS);
        soon().untilAsserted(() -> assertThat(
                        get(kubelet.address(namespace, name, 80).http("/name")))
                .isNotEmpty());
    }

    private static boolean isAvailable(Deployment deployment) {
        return deployment != null
                && deployment.getStatus() != null
                && deployment
                        .getSpec()
                        .getReplicas()
                        .equals(deployment.getStatus().getReadyReplicas());
    }

    private List<Pod> pods() {
        return client.pods().inNamespace(namespace).list().getItems();
    }

    private Set<String> names() {
        Set<String> names = new HashSet<>();
        pods().forEach(pod -> names.add(pod.getMetadata().getName()));
        return names;
    }

    /** What is not there yet is asked for again. */
    private static ConditionFactory soon() {
        return await().atMost(PATIENCE).ignoreExceptions();
    }

    private String get(URI url) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(10)).build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
