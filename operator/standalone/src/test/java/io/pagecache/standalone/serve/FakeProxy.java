package io.pagecache.standalone.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.pagecache.operator.compile.PlanJson;
import io.pagecache.plan.CachePlan;
import io.pagecache.plan.ExplainRequest;
import io.pagecache.plan.Explanation;
import io.pagecache.plan.ProxyState;
import io.pagecache.plan.ProxyState.PurgeResult;
import io.pagecache.plan.PurgeLedger;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A child that reads what it was handed and acknowledges it; {@code GET /quit} ends it with exit code 7. */
public final class FakeProxy {
    private FakeProxy() {}

    public static void main(String[] arguments) throws IOException {
        String token = Files.readString(Path.of(System.getenv("PAGECACHE_MANAGEMENT_TOKEN_FILE")));
        InetSocketAddress management = new InetSocketAddress(
                System.getenv("PAGECACHE_MANAGEMENT_HOST"),
                Integer.parseInt(System.getenv("PAGECACHE_MANAGEMENT_PORT")));
        HttpServer server = HttpServer.create(management, 0);
        server.createContext("/v1/state", exchange -> {
            boolean isKnown =
                    ("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"));
            answer(exchange, isKnown ? 200 : 401, isKnown ? PlanJson.write(state()) : "");
        });
        server.createContext("/v1/explain", exchange -> {
            ExplainRequest question = PlanJson.read(
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8), ExplainRequest.class);
            boolean isUrl = question.url().startsWith("http");
            answer(
                    exchange,
                    isUrl ? 200 : 422,
                    isUrl ? PlanJson.write(explanation(question)) : "{\"field\":\"url\",\"message\":\"url is wrong\"}");
        });
        server.createContext("/quit", exchange -> {
            answer(exchange, 204, "");
            System.exit(7);
        });
        server.start();
        System.out.println("fake proxy " + ProcessHandle.current().pid() + " in " + directory());
    }

    private static Path directory() {
        return Path.of(System.getenv("PAGECACHE_PLAN_DIR"));
    }

    private static ProxyState state() throws IOException {
        CachePlan plan = PlanJson.read(Files.readString(directory().resolve("plan.json")), CachePlan.class);
        PurgeLedger ledger = PlanJson.read(Files.readString(directory().resolve("purges.json")), PurgeLedger.class);
        List<PurgeResult> results = ledger.orders().stream()
                .map(order -> new PurgeResult(order.sequence(), order.token(), 42, Instant.EPOCH))
                .toList();
        return new ProxyState(plan.revision(), ledger.lastSequence(), results, Instant.EPOCH, null, null, null);
    }

    private static Explanation explanation(ExplainRequest question) {
        Explanation.Keeping keeping = new Explanation.Keeping(
                200,
                true,
                null,
                Duration.ofSeconds(90),
                new Explanation.LifetimeSource("policy", "ttl"),
                Duration.ofSeconds(30),
                Duration.ZERO,
                List.of("news"),
                List.of());
        return new Explanation(
                "news",
                Explanation.Decision.FETCH,
                "absent",
                0,
                null,
                question.url(),
                false,
                null,
                Boolean.TRUE.equals(question.ask()) ? keeping : null);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** Starts it with the Java and the class path of the test. */
    static List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                FakeProxy.class.getName());
    }
}
