package io.pagecache.proxy.admin;

import io.pagecache.plan.CachePlan;
import io.pagecache.plan.ExplainRequest;
import io.pagecache.plan.InvalidPlanException;
import io.pagecache.plan.ProxyStats;
import io.pagecache.plan.PurgeLedger;
import io.pagecache.plan.WarmUpOrder;
import io.pagecache.proxy.author.AuthorSessions;
import io.pagecache.proxy.reload.PlanReloader;
import io.pagecache.proxy.reload.PurgeFollower;
import io.pagecache.proxy.reload.WireJson;
import io.pagecache.proxy.warm.WarmUps;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** {@code /v1} on the management port. Every call needs the bearer token; bodies are JSON. */
public final class ManagementApi {
    private static final long MOST_BYTES = 16L << 20;

    private final BearerToken token;
    private final PlanReloader plans;
    private final PurgeFollower purges;
    private final WarmUps warmUps;
    private final StateReport state;
    private final Supplier<ProxyStats> stats;
    private final AuthorsApi authors;
    private final ExplainDesk explain;

    /** What the calls are answered by. */
    public record Desks(
            PlanReloader plans,
            PurgeFollower purges,
            WarmUps warmUps,
            StateReport state,
            Supplier<ProxyStats> stats,
            AuthorSessions authors,
            ExplainDesk explain) {}

    public ManagementApi(Path tokenFile, Desks desks) {
        this.token = new BearerToken(tokenFile);
        this.plans = desks.plans();
        this.purges = desks.purges();
        this.warmUps = desks.warmUps();
        this.state = desks.state();
        this.stats = desks.stats();
        this.authors = new AuthorsApi(desks.authors());
        this.explain = desks.explain();
    }

    public void addTo(Router router) {
        router.route("/v1/*").handler(this::authorise);
        router.route("/v1/*").handler(BodyHandler.create(false).setBodyLimit(MOST_BYTES));
        router.get("/v1/state").handler(call -> answer(call, state::report));
        router.get("/v1/stats").handler(call -> answer(call, stats::get));
        router.put("/v1/plan").handler(this::putPlan);
        router.post("/v1/purges").handler(this::postPurges);
        router.post("/v1/warm-up").handler(this::postWarmUp);
        router.delete("/v1/warm-up").handler(this::deleteWarmUp);
        router.post("/v1/explain").handler(this::postExplain);
        authors.addTo(router);
    }

    private void authorise(RoutingContext call) {
        String authorization = call.request().getHeader("Authorization");
        call.request().pause(); // not a byte of a stranger's body is kept
        call.vertx().executeBlocking(() -> token.admits(authorization), false).onComplete(admitted -> {
            if (admitted.succeeded() && admitted.result()) {
                call.next(); // somebody must listen before the body comes: with HTTP/2 it may be complete
            } else {
                call.response()
                        .setStatusCode(401)
                        .putHeader("WWW-Authenticate", "Bearer realm=\"pagecache\"")
                        .end();
            }
            call.request().resume();
        });
    }

    private void putPlan(RoutingContext call) {
        byte[] body = bytes(call);
        call.vertx()
                .executeBlocking(
                        () -> {
                            plans.push(WireJson.read(body, CachePlan.class));
                            return true;
                        },
                        true)
                .onSuccess(done -> call.response().setStatusCode(204).end())
                .onFailure(cause -> refuse(call, cause));
    }

    private void postPurges(RoutingContext call) {
        byte[] body = bytes(call);
        String writersNow = call.request().getHeader(PurgeLedger.SENT_AT);
        answer(call, () -> {
            PurgeLedger ledger = WireJson.read(body, PurgeLedger.class);
            if (writersNow == null) {
                purges.follow(ledger);
            } else {
                purges.follow(ledger, instant(writersNow));
            }
            return state.report();
        });
    }

    private void postExplain(RoutingContext call) {
        byte[] body = bytes(call);
        Future.succeededFuture(body)
                .compose(json -> explain.explain(WireJson.read(json, ExplainRequest.class)))
                .onSuccess(explanation -> json(call, 200, explanation))
                .onFailure(cause -> refuse(call, cause));
    }

    private void postWarmUp(RoutingContext call) {
        byte[] body = bytes(call);
        answer(call, () -> {
            warmUps.order(WireJson.read(body, WarmUpOrder.class));
            return state.report();
        });
    }

    private void deleteWarmUp(RoutingContext call) {
        answer(call, () -> {
            warmUps.cancel();
            return state.report();
        });
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new InvalidPlanException(
                    PurgeLedger.SENT_AT, "is '%s': expected a time such as 2026-11-22T10:00:00.000Z".formatted(text));
        }
    }

    private void answer(RoutingContext call, Callable<Object> work) {
        call.vertx()
                .executeBlocking(work, false)
                .onSuccess(value -> json(call, 200, value))
                .onFailure(cause -> refuse(call, cause));
    }

    static void refuse(RoutingContext call, Throwable cause) {
        if (cause instanceof InvalidPlanException invalid) {
            json(call, 422, Map.of("field", invalid.field(), "message", String.valueOf(invalid.getMessage())));
        } else {
            call.fail(cause);
        }
    }

    static byte[] bytes(RoutingContext call) {
        Buffer body = call.body().buffer();
        return body == null ? new byte[0] : body.getBytes();
    }

    static void json(RoutingContext call, int status, Object value) {
        call.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(Buffer.buffer(WireJson.write(value)));
    }
}
