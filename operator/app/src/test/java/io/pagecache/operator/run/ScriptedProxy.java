package io.pagecache.operator.run;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.pagecache.operator.compile.PlanJson;
import io.pagecache.plan.AuthorRoll;
import io.pagecache.plan.CachePlan;
import io.pagecache.plan.Peers;
import io.pagecache.plan.ProxyState;
import io.pagecache.plan.ProxyState.PurgeResult;
import io.pagecache.plan.ProxyStats;
import io.pagecache.plan.PurgeLedger;
import io.pagecache.plan.PurgeOrder;
import io.pagecache.plan.PurgeOrder.CutOver;
import io.pagecache.plan.PurgeScope;
import io.pagecache.plan.VisitorSketch;
import io.pagecache.plan.WarmUpOrder;
import io.pagecache.plan.WarmUpProgress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The management side of a proxy pod and nothing else, as a process: it starts from the mounted plan, keeps what it is told, and
 * refuses plans that serve the host {@code refused.example} and purges of the tag {@code never-acknowledged}.
 */
public final class ScriptedProxy {
    /** A tag whose purge, and all after it, is never applied. */
    static final String NEVER_ACKNOWLEDGED = "never-acknowledged";

    private static final int ENTRIES_PER_PURGE = 3;

    private final Map<String, String> environment;
    private final Instant startedAt = Instant.now();
    private final List<PurgeResult> applied = new ArrayList<>();
    private @Nullable String revision;
    private long purgeSequence;
    private boolean isStuck;
    private @Nullable WarmUpProgress warmUp;
    private AuthorRoll authors = AuthorRoll.EMPTY;
    private List<String> peers = List.of();

    private ScriptedProxy(Map<String, String> environment) {
        this.environment = environment;
    }

    public static void main(String[] arguments) throws IOException {
        new ScriptedProxy(System.getenv()).start();
    }

    private void start() throws IOException {
        Path plan = Path.of(setting("PAGECACHE_PLAN_DIR"));
        revision = PlanJson.read(Files.readString(plan.resolve("plan.json")), CachePlan.class)
                .revision();
        purgeSequence = PlanJson.read(Files.readString(plan.resolve("purges.json")), PurgeLedger.class)
                .lastSequence();
        HttpServer server = HttpServer.create(
                new InetSocketAddress(
                        setting("PAGECACHE_MANAGEMENT_HOST"), Integer.parseInt(setting("PAGECACHE_MANAGEMENT_PORT"))),
                0);
        server.createContext("/q/health", exchange -> reply(exchange, 200, "{}"));
        server.createContext("/v1", this::manage);
        server.start();
    }

    private synchronized void manage(HttpExchange exchange) throws IOException {
        String token = Files.readString(Path.of(setting("PAGECACHE_MANAGEMENT_TOKEN_FILE")))
                .strip();
        if (!("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            reply(exchange, 401, "{}");
            return;
        }
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        switch (exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath()) {
            case "GET /v1/state" -> reply(exchange, 200, PlanJson.write(state()));
            case "PUT /v1/plan" -> take(exchange, PlanJson.read(body, CachePlan.class));
            case "POST /v1/purges" -> {
                PlanJson.read(body, PurgeLedger.class).orders().forEach(this::apply);
                reply(exchange, 200, PlanJson.write(state()));
            }
            case "POST /v1/warm-up" -> {
                warmUp = finished(PlanJson.read(body, WarmUpOrder.class));
                reply(exchange, 200, PlanJson.write(state()));
            }
            case "GET /v1/authors" -> reply(exchange, 200, PlanJson.write(authors));
            case "POST /v1/authors" -> {
                authors = authors.merge(PlanJson.read(body, AuthorRoll.class));
                reply(exchange, 200, PlanJson.write(authors));
            }
            case "PUT /v1/peers" -> {
                peers = PlanJson.read(body, Peers.class).addresses();
                reply(exchange, 204, "");
            }
            case "GET /v1/stats" -> reply(exchange, 200, PlanJson.write(stats()));
            default -> reply(exchange, 404, "{}");
        }
    }

    private void take(HttpExchange exchange, CachePlan plan) throws IOException {
        if (plan.hosts().contains("refused.example")) {
            reply(exchange, 422, "{\"field\":\"hosts\",\"message\":\"has a host that this proxy does not like\"}");
            return;
        }
        revision = plan.revision();
        reply(exchange, 204, "");
    }

    private void apply(PurgeOrder order) {
        isStuck |= order.scopes().contains(new PurgeScope.Tag(NEVER_ACKNOWLEDGED));
        if (order.sequence() > purgeSequence && !isStuck) {
            purgeSequence = order.sequence();
            CutOver cutOver = order.cutOver();
            authors = cutOver == null ? authors : authors.published(cutOver.publishes());
            applied.add(new PurgeResult(order.sequence(), order.token(), ENTRIES_PER_PURGE, Instant.now()));
        }
    }

    private ProxyState state() {
        return new ProxyState(
                revision,
                purgeSequence,
                List.copyOf(applied),
                startedAt,
                null,
                null,
                warmUp,
                Instant.now(),
                authors,
                peers,
                null);
    }

    private static WarmUpProgress finished(WarmUpOrder order) {
        int pages = order.urls().size();
        Instant now = Instant.now();
        return new WarmUpProgress(order.id(), WarmUpProgress.State.DONE, pages, pages, 0, 0, now, now, null);
    }

    private ProxyStats stats() {
        return new ProxyStats(
                startedAt,
                100,
                90,
                10,
                0,
                0,
                0,
                10,
                1000,
                100,
                7,
                700,
                0,
                List.of(),
                VisitorSketch.empty(),
                ProxyStats.VariantLimit.NEVER_REACHED);
    }

    private String setting(String name) {
        String value = environment.get(name);
        if (value == null) {
            throw new IllegalStateException("the variable " + name + " is not set");
        }
        return value;
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
