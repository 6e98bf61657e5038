package io.pagecache.operator.push;

import io.pagecache.operator.compile.PlanJson;
import io.pagecache.operator.config.OperatorConfig;
import io.pagecache.plan.AuthorRoll;
import io.pagecache.plan.CachePlan;
import io.pagecache.plan.Peers;
import io.pagecache.plan.ProxyState;
import io.pagecache.plan.ProxyStats;
import io.pagecache.plan.PurgeLedger;
import io.pagecache.plan.WarmUpOrder;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** The management API of one proxy, call by call. Callers block, on virtual threads. */
@Singleton
public class ManagementClient {
    /** Fixed by the pod template. */
    public static final int PORT = 9000;

    /** No honest answer is larger; a broken proxy must not fill the operator's heap. */
    private static final long MAX_ANSWER_BYTES = 4L << 20;

    private final HttpClient http;
    private final Duration requestTimeout;
    private final int port;
    private final Clock clock;

    @Inject
    public ManagementClient(OperatorConfig config, Clock clock) {
        this(config.management().connectTimeout(), config.management().requestTimeout(), PORT, clock);
    }

    ManagementClient(Duration connectTimeout, Duration requestTimeout, int port, Clock clock) {
        this.clock = clock;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connectTimeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.requestTimeout = requestTimeout;
        this.port = port;
    }

    ProxyState state(String address, String token) throws IOException, InterruptedException {
        return PlanJson.read(
                expectOk(exchange(request(address, "/v1/state", token).GET())), ProxyState.class);
    }

    /** The proxy's reason when it refuses the plan, or empty when the plan is in force. */
    Optional<String> putPlan(String address, String token, CachePlan plan) throws IOException, InterruptedException {
        HttpResponse<String> response =
                exchange(request(address, "/v1/plan", token).PUT(json(plan)));
        if (response.statusCode() == 422) {
            return Optional.of(PlanJson.read(response.body(), Refusal.class).text());
        }
        expectOk(response);
        return Optional.empty();
    }

    ProxyState postPurges(String address, String token, PurgeLedger ledger) throws IOException, InterruptedException {
        return PlanJson.read(
                expectOk(exchange(request(address, "/v1/purges", token)
                        .header(PurgeLedger.SENT_AT, clock.instant().toString())
                        .POST(json(ledger)))),
                ProxyState.class);
    }

    void postAuthors(String address, String token, AuthorRoll roll) throws IOException, InterruptedException {
        expectOk(exchange(request(address, "/v1/authors", token).POST(json(roll))));
    }

    void putPeers(String address, String token, Peers peers) throws IOException, InterruptedException {
        expectOk(exchange(request(address, "/v1/peers", token).PUT(json(peers))));
    }

    ProxyState postWarmUp(String address, String token, WarmUpOrder order) throws IOException, InterruptedException {
        return PlanJson.read(
                expectOk(exchange(request(address, "/v1/warm-up", token).POST(json(order)))), ProxyState.class);
    }

    ProxyState deleteWarmUp(String address, String token) throws IOException, InterruptedException {
        return PlanJson.read(
                expectOk(exchange(request(address, "/v1/warm-up", token).DELETE())), ProxyState.class);
    }

    /** What the proxy has counted. */
    public ProxyStats stats(String address, String token) throws IOException, InterruptedException {
        return PlanJson.read(
                expectOk(exchange(request(address, "/v1/stats", token).GET())), ProxyStats.class);
    }

    @PreDestroy
    void close() {
        http.shutdownNow();
    }

    private HttpRequest.Builder request(String address, String path, String token) {
        String host = address.contains(":") ? "[" + address + "]" : address;
        return HttpRequest.newBuilder(URI.create("http://" + host + ":" + port + path))
                .timeout(requestTimeout)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json");
    }

    private HttpResponse<String> exchange(HttpRequest.Builder request) throws IOException, InterruptedException {
        BodyHandler<String> body = BodyHandlers.limiting(BodyHandlers.ofString(), MAX_ANSWER_BYTES);
        return http.send(request.header("Content-Type", "application/json").build(), body);
    }

    private static BodyPublisher json(Object value) {
        return BodyPublishers.ofString(PlanJson.write(value));
    }

    private static String expectOk(HttpResponse<String> response) throws IOException {
        int status = response.statusCode();
        if (status / 100 != 2) {
            throw new IOException("%s %s was answered with status %d"
                    .formatted(response.request().method(), response.uri().getPath(), status));
        }
        return response.body();
    }

    record Refusal(String field, String message) {
        String text() {
            return field + " " + message;
        }
    }
}
