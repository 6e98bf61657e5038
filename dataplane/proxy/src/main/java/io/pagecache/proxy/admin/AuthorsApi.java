package io.pagecache.proxy.admin;

import io.pagecache.plan.AuthorRoll;
import io.pagecache.plan.InvalidPlanException;
import io.pagecache.plan.Peers;
import io.pagecache.proxy.author.AuthorSessions;
import io.pagecache.proxy.reload.WireJson;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** {@code /v1/authors} and {@code /v1/peers}: who edits, told by operator, peers and people. Nothing here blocks. */
final class AuthorsApi {
    private final AuthorSessions authors;

    AuthorsApi(AuthorSessions authors) {
        this.authors = authors;
    }

    void addTo(Router router) {
        router.get("/v1/authors").handler(call -> json(call, authors.roll()));
        router.post("/v1/authors").handler(this::hear);
        router.delete("/v1/authors/:id").handler(this::forget);
        router.post("/v1/authors/cut-over").handler(call -> json(call, authors.askCutOver()));
        router.put("/v1/peers").handler(this::putPeers);
    }

    private void hear(RoutingContext call) {
        try {
            json(call, authors.hear(WireJson.read(ManagementApi.bytes(call), AuthorRoll.class)));
        } catch (InvalidPlanException e) {
            ManagementApi.refuse(call, e);
        }
    }

    private void forget(RoutingContext call) {
        String id = String.valueOf(call.pathParam("id"));
        if (authors.roll().find(id).isEmpty()) {
            ManagementApi.json(
                    call, 404, Map.of("message", "no author has the id '%s': see GET /v1/authors".formatted(id)));
            return;
        }
        Future<AuthorRoll> forgotten = authors.forget(id);
        forgotten.onSuccess(roll -> json(call, roll)).onFailure(call::fail);
    }

    private void putPeers(RoutingContext call) {
        try {
            authors.tellOf(WireJson.read(ManagementApi.bytes(call), Peers.class));
            call.response().setStatusCode(204).end();
        } catch (InvalidPlanException e) {
            ManagementApi.refuse(call, e);
        }
    }

    private static void json(RoutingContext call, AuthorRoll roll) {
        call.response().putHeader("Content-Type", "application/json").end(Buffer.buffer(WireJson.write(roll)));
    }
}
