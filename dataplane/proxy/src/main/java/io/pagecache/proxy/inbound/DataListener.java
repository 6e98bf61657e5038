package io.pagecache.proxy.inbound;

import io.pagecache.proxy.author.AuthorSessions;
import io.pagecache.proxy.front.DataFront;
import io.pagecache.proxy.front.FrontCheck;
import io.pagecache.proxy.front.FrontCounters;
import io.pagecache.proxy.front.FrontLimits;
import io.pagecache.proxy.log.TrafficJournal;
import io.pagecache.proxy.serve.PageServer;
import io.pagecache.proxy.serve.PlanHolder;
import io.pagecache.store.PageStore;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.NetClientOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The data port: one HTTP server on each event loop, all on the same port, so that a connection lives on one loop from its first
 * byte to its last.
 */
public final class DataListener {
    /** Vert.x's way of saying: any free port, the same for all servers of this number. */
    private static final int ANY_PORT = -1;

    /**
     * @param host address to bind
     * @param port 0 for any free one
     * @param idleTimeout a connection on which nothing moves for this long is closed
     * @param eventLoops number of servers
     */
    public record Settings(String host, int port, Duration idleTimeout, int eventLoops) {}

    private final Vertx vertx;
    private final Settings settings;
    private final Handlers handlers;
    private final DataFront front;
    private final FastOffers offers;
    private final AtomicInteger actualPort = new AtomicInteger();

    /** 0 until requests are welcome. */
    private final AtomicInteger boundPort = new AtomicInteger();

    public DataListener(Vertx vertx, Settings settings, Handlers handlers) {
        this.vertx = vertx;
        this.settings = settings;
        this.handlers = handlers;
        FastPlans fastPlans = new FastPlans(handlers.plans(), handlers.authors());
        this.offers = new FastOffers(handlers.store(), fastPlans, handlers.journal(), handlers.clock());
        this.front = new DataFront(
                FrontLimits.DEFAULT.withIdleTimeout(settings.idleTimeout()),
                handlers.clock(),
                System::nanoTime,
                handlers.underWay()::isLeaving,
                fastPlans);
    }

    /** What the request handlers are made of. */
    public record Handlers(
            PlanHolder plans,
            PageServer server,
            PageStore store,
            TrafficJournal journal,
            UnderWay underWay,
            AuthorSessions authors,
            InstantSource clock) {}

    /** @return the port that was bound, once all servers listen and the front has proved that it stands before them */
    public Future<Integer> start() {
        DeploymentOptions everywhere = new DeploymentOptions().setInstances(settings.eventLoops());
        return vertx.deployVerticle(Server::new, everywhere)
                .compose(deployed -> new FrontCheck(vertx, new NetClientOptions()).run(reachable(), actualPort.get()))
                .map(guarded -> {
                    boundPort.set(actualPort.get());
                    return boundPort.get();
                });
    }

    private String reachable() {
        return switch (settings.host()) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::" -> "::1";
            default -> settings.host();
        };
    }

    /** What the front has refused and closed. */
    public FrontCounters frontCounters() {
        return front.counters();
    }

    public boolean isBound() {
        return boundPort.get() != 0;
    }

    public UnderWay underWay() {
        return handlers.underWay();
    }

    private HttpServerOptions options() {
        return front.harden(new HttpServerOptions())
                .setHost(settings.host())
                .setPort(settings.port() == 0 ? ANY_PORT : settings.port())
                .setHandle100ContinueAutomatically(true)
                .setTcpNoDelay(true)
                .setAcceptBacklog(4096);
    }

    private final class Server extends AbstractVerticle {
        @Override
        public void start(Promise<Void> started) {
            HttpServer server = vertx.createHttpServer(options());
            server.connectionHandler(front::guard)
                    .requestHandler(new PageHandler(handlers, offers))
                    .listen()
                    .onSuccess(listening -> actualPort.set(listening.actualPort()))
                    .<Void>mapEmpty()
                    .onComplete(started);
        }
    }
}
