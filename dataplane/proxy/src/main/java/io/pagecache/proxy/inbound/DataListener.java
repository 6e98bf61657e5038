package io.pagecache.proxy.inbound;

import io.pagecache.proxy.log.TrafficJournal;
import io.pagecache.proxy.serve.PageServer;
import io.pagecache.proxy.serve.PlanHolder;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The data port: one HTTP server on each event loop, all on the same port, so that a connection lives on one loop from its first
 * byte to its last.
 */
public final class DataListener {
    private static final int LONGEST_REQUEST_LINE = 8 * 1024 + 64;
    private static final int MOST_HEADER_BYTES = 32 * 1024;

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
    private final AtomicInteger boundPort = new AtomicInteger();

    public DataListener(Vertx vertx, Settings settings, Handlers handlers) {
        this.vertx = vertx;
        this.settings = settings;
        this.handlers = handlers;
    }

    /** Makes the request handler of an event loop. */
    public record Handlers(
            PlanHolder plans, PageServer server, TrafficJournal journal, UnderWay underWay, InstantSource clock) {
        PageHandler forOneEventLoop() {
            return new PageHandler(plans, server, journal, underWay, clock);
        }
    }

    /** @return the port that was bound, once all servers listen */
    public Future<Integer> start() {
        DeploymentOptions everywhere = new DeploymentOptions().setInstances(settings.eventLoops());
        return vertx.deployVerticle(Server::new, everywhere).map(deployed -> boundPort.get());
    }

    public boolean isBound() {
        return boundPort.get() != 0;
    }

    public UnderWay underWay() {
        return handlers.underWay();
    }

    private HttpServerOptions options() {
        return new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port() == 0 ? ANY_PORT : settings.port())
                .setMaxInitialLineLength(LONGEST_REQUEST_LINE)
                .setMaxHeaderSize(MOST_HEADER_BYTES)
                .setIdleTimeout((int) Math.max(1, settings.idleTimeout().toMillis()))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setHandle100ContinueAutomatically(true)
                // HTTP/2 without TLS is opt-in; nobody can ask for it yet.
                .setHttp2ClearTextEnabled(false)
                .setTcpNoDelay(true)
                .setAcceptBacklog(4096);
    }

    private final class Server extends AbstractVerticle {
        @Override
        public void start(Promise<Void> started) {
            HttpServer server = vertx.createHttpServer(options());
            server.requestHandler(handlers.forOneEventLoop())
                    .listen()
                    .onSuccess(listening -> boundPort.set(listening.actualPort()))
                    .<Void>mapEmpty()
                    .onComplete(started);
        }
    }
}
