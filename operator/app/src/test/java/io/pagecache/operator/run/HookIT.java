package io.pagecache.operator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.api.v1alpha1.PageCachePolicyStatus.PurgeState;
import io.pagecache.e2e.Cluster;
import io.pagecache.e2e.KubernetesCluster;
import io.pagecache.e2e.pod.ContainerImage;
import io.pagecache.operator.ledger.LedgerPage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Hooks of a policy on a real API server, with a peer that answers as it is told. */
@KubernetesCluster
@Tag("seed:W50")
class HookIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String KEY = "signing key";
    private static final String SPEC = """
            origin: { backendRef: { name: shop, port: 8080 } }
            proxy: { replicas: 1, cacheSize: 16Mi }
            authors: { editRequests: [{ methods: [POST], path: { type: Prefix, value: /edit } }] }
            purging: { hooks: [{ name: cdn, url: "http://127.0.0.1:%d/purge", secretRef: { name: cdn } }] }
            """;

    private final KubernetesClient admin;
    private final String namespace;
    private final KubernetesClient operatorClient;
    private final PolicyAuthor author;
    private TestOperator operator;
    private final HttpServer peer;
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private volatile int answer = 200;

    private record Call(String body, String signature, String delivery, int answered) {}

    HookIT(Cluster cluster) throws IOException {
        this.peer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        peer.createContext("/purge", this::take);
        peer.start();
        this.admin = cluster.client();
        this.namespace = cluster.createNamespace("hook");
        cluster.images()
                .add(
                        TestOperator.IMAGE,
                        ContainerImage.java(ScriptedProxy.class, "-Xmx64m")
                                .with("PAGECACHE_MANAGEMENT_HOST", "$(POD_IP)"));
        Definitions.install(admin);
        Rights.grant(admin, namespace);
        this.operatorClient = cluster.controlPlane().as(namespace, Rights.ACCOUNT);
        this.author = new PolicyAuthor(admin, namespace);
        this.operator = TestOperator.startWithoutLease(operatorClient, namespace);
        admin.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("cdn")
                        .endMetadata()
                        .addToStringData("key", KEY)
                        .build())
                .create();
        author.createsOrigin("shop", 8080);
        author.applies("shop", SPEC.formatted(peer.getAddress().getPort()));
        author.awaits("shop", "Programmed", "True");
        await().atMost(PATIENCE).until(() -> told() != null);
    }

    @AfterEach
    void stop() {
        operator.close();
        operatorClient.close();
        peer.stop(0);
        admin.namespaces().withName(namespace).delete();
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        int status = answer;
        calls.add(new Call(
                body,
                exchange.getRequestHeaders().getFirst("Pagecache-Signature"),
                exchange.getRequestHeaders().getFirst("Pagecache-Delivery"),
                status));
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    @Test
    @DisplayName("W50: a hook is called until it answers, holds no purge up, and survives a restart of the operator")
    void shouldTellAHookThatFailsAtFirst() throws Exception {
        answer = 503;
        author.annotates("shop", "tag:article-42 url:/news @1");
        author.awaitsPurge("shop", purge -> purge.state() == PurgeState.COMPLETE);
        await().atMost(PATIENCE).until(() -> calls.size() >= 2);
        assertThat(told()).isZero();

        operator.close();
        operator = TestOperator.startWithoutLease(operatorClient, namespace);
        int before = calls.size();
        await().atMost(PATIENCE).until(() -> calls.size() > before);
        answer = 204;
        await().atMost(PATIENCE).until(() -> told() == 1);

        Call taken = calls.getLast();
        assertThat(taken.body())
                .contains("\"tags\":[\"article-42\"]", "\"urls\":[\"/news\"]", "\"policy\":\"" + namespace + "/shop\"");
        assertThat(calls).extracting(Call::delivery).containsOnly(taken.delivery());
        assertThat(calls).allSatisfy(call -> assertThat(isSigned(call)).isTrue());
        assertThat(operator.counted("pagecache.operator.hook.calls", "outcome", "taken"))
                .isEqualTo(1);
    }

    @Test
    @DisplayName("W50: a hook hears of a cut-over")
    void shouldTellOfACutOver() {
        author.annotates("shop", PageCachePolicy.AUTHORS_ANNOTATION, "cut-over @1");

        await().atMost(PATIENCE)
                .until(() -> calls.stream().anyMatch(call -> call.body().contains("\"kind\":\"CutOver\"")));
        await().atMost(PATIENCE).until(() -> told() >= 1);
    }

    @Test
    @DisplayName("W50: a hook that never answers well is given up with an Event, and hears of the next purge")
    void shouldGiveUpAndSaySo() {
        answer = 500;
        author.annotates("shop", "all @1");
        author.awaitsPurge("shop", purge -> purge.state() == PurgeState.COMPLETE);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(admin.events()
                                .v1()
                                .events()
                                .inNamespace(namespace)
                                .list()
                                .getItems())
                        .filteredOn(event -> "HookFailed".equals(event.getReason()))
                        .singleElement()
                        .satisfies(event -> assertThat(event.getNote()).contains("cdn", "status 500")));
        await().atMost(PATIENCE).until(() -> told() == 1);
        assertThat(calls).hasSize(8);

        answer = 200;
        author.annotates("shop", "all @2");

        await().atMost(PATIENCE).until(() -> told() == 2);
        assertThat(calls.getLast().body()).contains("\"sequence\":2").doesNotContain("\"sequence\":1,");
    }

    private Long told() {
        return LedgerPage.of(admin.configMaps()
                        .inNamespace(namespace)
                        .withName("shop-pagecache-plan")
                        .get())
                .taken()
                .hooks()
                .get("cdn");
    }

    private static boolean isSigned(Call call) throws GeneralSecurityException {
        String[] parts = call.signature().split("[=,]");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] expected = mac.doFinal((parts[1] + "." + call.body()).getBytes(StandardCharsets.UTF_8));
        return Map.of("t", parts[1], "v1", HexFormat.of().formatHex(expected))
                .equals(Map.of(parts[0], parts[1], parts[2], parts[3]));
    }
}
