package io.pagecache.operator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.pagecache.e2e.Cluster;
import io.pagecache.e2e.ControlPlane;
import io.pagecache.e2e.KubernetesCluster;
import io.pagecache.e2e.pod.ContainerImage;
import io.pagecache.operator.ledger.LedgerPage;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Purges by HTTP with tokens that a real API server has made. */
@KubernetesCluster
@Tag("seed:W22")
@Tag("seed:W76")
class PurgeByHttpIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String SPEC = """
            origin: { backendRef: { name: shop, port: 8080 } }
            hosts: [www.example.com]
            proxy: { replicas: 2, cacheSize: 16Mi }
            """;

    private final ControlPlane controlPlane;
    private final KubernetesClient admin;
    private final String namespace;
    private final KubernetesClient operatorClient;
    private final PolicyAuthor author;
    private final TestOperator operator;
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;

    PurgeByHttpIT(Cluster cluster) {
        this.controlPlane = cluster.controlPlane();
        this.admin = cluster.client();
        this.namespace = cluster.createNamespace("http-purge");
        cluster.images()
                .add(
                        TestOperator.IMAGE,
                        ContainerImage.java(ScriptedProxy.class, "-Xmx64m")
                                .with("PAGECACHE_MANAGEMENT_HOST", "$(POD_IP)"));
        Definitions.install(admin);
        Rights.grant(admin, namespace);
        Rights.grantQuestions(admin, namespace);
        this.operatorClient = controlPlane.as(namespace, Rights.ACCOUNT);
        this.author = new PolicyAuthor(admin, namespace);
        this.operator = TestOperator.startWithoutLease(operatorClient, namespace);
        this.port = listens();
        author.createsOrigin("shop", 8080);
        author.applies("shop", SPEC);
        author.awaits("shop", "Programmed", "True");
    }

    @AfterEach
    void stop() {
        operator.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        operatorClient.close();
        http.close();
        Rights.revokeQuestions(admin, namespace);
        admin.namespaces().withName(namespace).delete();
    }

    @Test
    @DisplayName("W76 who may create a PageCachePurge may purge by POST; nobody else, and by no other method")
    void shouldPurgeForThoseWhoMay() throws Exception {
        String deployer = tokenOf("deployer", true);
        String stranger = tokenOf("stranger", false);

        HttpResponse<String> done = calls("shop/purges?wait=30s", deployer, "tag:article-42", "release-7");
        HttpResponse<String> again = calls("shop/purges?wait=30s", deployer, "tag:article-42", "release-7");

        assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
        assertThat(done.body()).contains("\"state\":\"Complete\"", "\"proxies\":\"2/2\"", "\"sequence\":1");
        assertThat(again.body()).contains("\"sequence\":1");
        HttpResponse<String> denied = calls("shop/purges", stranger, "all", "a");
        assertThat(denied.statusCode()).isEqualTo(403);
        assertThat(denied.body()).contains("stranger");
        HttpResponse<String> unknown = calls("shop/purges", "nonsense", "all", "a");
        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(unknown.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(calls("shop/purges", "", "all", "a").statusCode()).isEqualTo(401);
        assertThat(calls("nobody/purges", deployer, "all", "a").statusCode()).isEqualTo(404);
        HttpResponse<String> misspelt = calls("shop/purges", deployer, "tag:a colour:red", "a");
        assertThat(misspelt.statusCode()).isEqualTo(400);
        assertThat(misspelt.body()).contains("column 7");
        HttpResponse<String> get = http.send(
                HttpRequest.newBuilder(uri("shop/purges"))
                        .header("Authorization", "Bearer " + deployer)
                        .build(),
                BodyHandlers.ofString());
        assertThat(get.statusCode()).isEqualTo(405);
        assertThat(get.headers().firstValue("Allow")).contains("POST");
        assertThat(ledger().ledger().lastSequence()).isEqualTo(1);
    }

    @Test
    @DisplayName("W22 a form clears a page and sends the browser back to it, on this site only")
    void shouldSendTheBrowserBack() throws Exception {
        String deployer = tokenOf("deployer", true);

        HttpResponse<String> back = form(deployer, "purge=url%3A%2Fpage&return=%2Fpage%3Fa%3D1");
        HttpResponse<String> astray = form(deployer, "purge=url%3A%2Fpage&return=%2F%2Fevil.example%2F");

        assertThat(back.statusCode()).as(back.body()).isEqualTo(303);
        assertThat(back.headers().firstValue("Location")).contains("/page?a=1");
        assertThat(astray.statusCode()).isEqualTo(400);
        assertThat(astray.headers().firstValue("Location")).isEmpty();
        assertThat(ledger().ledger().lastSequence()).isEqualTo(1);
    }

    @Test
    @DisplayName("a caller who waits for a proxy that is cut off is told so in time, and the purge stays in force")
    void shouldTellWhoIsLate() throws Exception {
        String deployer = tokenOf("deployer", true);

        HttpResponse<String> late =
                calls("shop/purges?wait=1s", deployer, "tag:" + ScriptedProxy.NEVER_ACKNOWLEDGED, "a");

        assertThat(late.statusCode()).as(late.body()).isEqualTo(504);
        assertThat(late.body()).contains("\"state\":\"Pending\"", "\"proxies\":\"0/2\"", "has not applied it yet");
        assertThat(ledger().ledger().lastSequence()).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "the API server is down during a purge: 503 with Retry-After, nothing half done, and the same key purges once")
    void shouldSayThatItCannotWhileTheApiServerIsDown() throws Exception {
        String deployer = tokenOf("deployer", true);
        Optional<ControlPlane.Outage> outage = controlPlane.outage();
        assumeTrue(outage.isPresent(), "only a local API server can be taken away");

        HttpResponse<String> down;
        try (ControlPlane.Outage open = outage.orElseThrow()) {
            down = calls("shop/purges", deployer, "all", "release-8");
        }

        assertThat(down.statusCode()).isEqualTo(503);
        assertThat(down.headers().firstValue("Retry-After")).isPresent();
        assertThat(down.body()).contains("Idempotency-Key");
        assertThat(ledger().ledger().orders()).isEmpty();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(calls("shop/purges?wait=30s", deployer, "all", "release-8")
                                .statusCode())
                        .isEqualTo(200));
        assertThat(calls("shop/purges?wait=30s", deployer, "all", "release-8").body())
                .contains("\"sequence\":1");
    }

    private int listens() {
        Router router = Router.router(vertx);
        operator.purgesByHttp().addTo(router);
        HttpServer server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return server.actualPort();
    }

    private String tokenOf(String account, boolean mayPurge) {
        admin.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(account)
                        .endMetadata()
                        .build())
                .create();
        if (mayPurge) {
            Rights.grantPurges(admin, namespace, account);
        }
        return admin.serviceAccounts()
                .inNamespace(namespace)
                .withName(account)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(600L)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:%d/v1/namespaces/%s/policies/%s".formatted(port, namespace, path));
    }

    private HttpResponse<String> calls(String path, String token, String body, String key)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(path)).header("Idempotency-Key", key).POST(BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> form(String token, String fields) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri("shop/purges"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(fields))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private LedgerPage ledger() {
        return LedgerPage.of(admin.configMaps()
                .inNamespace(namespace)
                .withName("shop-pagecache-plan")
                .get());
    }
}
