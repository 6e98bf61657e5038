package io.pagecache.proxy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pagecache.plan.AccessLog;
import io.pagecache.plan.Behaviour;
import io.pagecache.plan.Bypass;
import io.pagecache.plan.CachePlan;
import io.pagecache.plan.ErrorPages;
import io.pagecache.plan.Http;
import io.pagecache.plan.Listener;
import io.pagecache.plan.Mode;
import io.pagecache.plan.Origin;
import io.pagecache.plan.Pages;
import io.pagecache.plan.Purging;
import io.pagecache.plan.Urls;
import io.pagecache.plan.Variants;
import io.pagecache.proxy.inbound.DataListener;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a JVM does before it meets a visitor: a second proxy on a loopback port of its own serves one page from an application of its
 * own, so that the code of a hit is hot when the first one comes, and it is seen whether hits take the fast path. Nothing of it is
 * counted, logged or kept.
 */
final class Rehearsal {
    private static final String HOST = "127.0.0.1";
    private static final String PAGE = "<p>A page that nobody reads.</p>".repeat(128);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int CONNECTIONS_PER_LOOP = 2;

    /**
     * @param requests answered
     * @param fastAnswers those that took the fast path
     */
    record Outcome(long requests, long fastAnswers, Duration took) {}

    private final Dataplane.Surroundings with;
    private final Dataplane dataplane;
    private final int connections;
    private final HttpClient visitor;
    private long requests; // guarded by this

    Rehearsal(Dataplane.Surroundings surroundings, Dataplane.Settings settings) {
        this.with = new Dataplane.Surroundings(
                surroundings.vertx(),
                surroundings.clock(),
                surroundings.wall(),
                surroundings.caches(),
                surroundings.values(),
                new SimpleMeterRegistry(),
                surroundings.accessLog(),
                surroundings.boundaries(),
                surroundings.chance());
        int loops = settings.listener().eventLoops();
        this.dataplane = new Dataplane(
                with,
                new Dataplane.Settings(
                        new DataListener.Settings(
                                HOST, 0, 0, settings.listener().idleTimeout(), loops),
                        settings.planDirectory(),
                        settings.pollInterval(),
                        settings.tokenFile(),
                        settings.references(),
                        settings.authorsGrace(),
                        null,
                        null));
        this.connections = loops * CONNECTIONS_PER_LOOP;
        this.visitor = with.vertx().createHttpClient(new HttpClientOptions().setMaxPoolSize(connections));
    }

    /** Ends after the limit or after so many requests, whichever comes first, and leaves no port open. */
    Future<Outcome> run(Duration limit, long mostRequests) {
        long start = System.nanoTime();
        return with.vertx()
                .createHttpServer()
                .requestHandler(request -> request.response()
                        .putHeader("Content-Type", "text/html; charset=utf-8")
                        .end(PAGE))
                .listen(0, HOST)
                .compose(application -> dataplane
                        .serveOnly(plan(application.actualPort()))
                        .compose(port -> visits(port, start + limit.toNanos(), mostRequests))
                        .eventually(() -> end(application)))
                .map(visited -> new Outcome(
                        counted(),
                        dataplane.frontCounters().fastAnswers(),
                        Duration.ofNanos(System.nanoTime() - start)));
    }

    private Future<Void> end(HttpServer application) {
        return Future.join(visitor.close(), dataplane.close(), application.close())
                .mapEmpty();
    }

    private Future<Void> visits(int port, long deadline, long mostRequests) {
        List<Future<Void>> visits = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            Promise<Void> over = Promise.promise();
            visit(port, deadline, mostRequests, over);
            visits.add(over.future());
        }
        return Future.all(visits).mapEmpty();
    }

    private void visit(int port, long deadline, long mostRequests, Promise<Void> over) {
        visitor.request(HttpMethod.GET, port, HOST, "/")
                .compose(request -> request.send().compose(HttpClientResponse::body))
                .onFailure(over::fail)
                .onSuccess(body -> {
                    if (count() >= mostRequests || System.nanoTime() >= deadline) {
                        over.complete();
                    } else {
                        visit(port, deadline, mostRequests, over);
                    }
                });
    }

    private synchronized long count() {
        return ++requests;
    }

    private synchronized long counted() {
        return requests;
    }

    private static CachePlan plan(int applicationPort) {
        return new CachePlan(
                CachePlan.FORMAT_VERSION,
                "rehearsal",
                "rehearsal",
                Mode.CACHING,
                new Origin(
                        "http",
                        HOST,
                        applicationPort,
                        Origin.HostHeader.PRESERVE,
                        new Origin.Timeouts(PATIENCE, PATIENCE, PATIENCE),
                        1,
                        0,
                        null,
                        null),
                List.of(),
                behaviour(),
                List.of(),
                Bypass.NONE,
                Variants.NONE,
                Pages.NONE,
                new Purging(List.of()),
                List.of(),
                CachePlan.MIN_CACHE_BYTES,
                new AccessLog(AccessLog.Mode.OFF, 0),
                null,
                Listener.DEFAULT,
                Http.DEFAULT,
                Urls.AS_SENT,
                ErrorPages.DEFAULT);
    }

    private static Behaviour behaviour() {
        return new Behaviour(
                Behaviour.Cache.ORIGIN,
                Duration.ofHours(1),
                List.of(),
                Duration.ZERO,
                Duration.ZERO,
                new Behaviour.KeyOptions(
                        new Behaviour.QueryKey(Behaviour.QueryKey.Mode.ALL, List.of()),
                        List.of(),
                        List.of(),
                        List.of(),
                        false,
                        List.of()),
                new Behaviour.RequestCookies(Behaviour.RequestCookies.Mode.FORWARD, List.of()),
                Behaviour.Etag.ORIGIN,
                true,
                PATIENCE,
                List.of(),
                Behaviour.Elements.OFF,
                Behaviour.Esi.OFF);
    }
}
