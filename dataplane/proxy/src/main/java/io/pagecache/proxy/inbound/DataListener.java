package io.pagecache.proxy.inbound;

import io.pagecache.proxy.author.AuthorSessions;
import io.pagecache.proxy.door.DataServer;
import io.pagecache.proxy.door.Door;
import io.pagecache.proxy.door.DoorCounters;
import io.pagecache.proxy.door.ListeningSocket;
import io.pagecache.proxy.front.DataFront;
import io.pagecache.proxy.front.FrontCheck;
import io.pagecache.proxy.front.FrontCounters;
import io.pagecache.proxy.front.FrontLimits;
import io.pagecache.proxy.h2.Http2Counters;
import io.pagecache.proxy.h2.Http2Limits;
import io.pagecache.proxy.h2.Http2Shared;
import io.pagecache.proxy.log.TrafficJournal;
import io.pagecache.proxy.serve.PageServer;
import io.pagecache.proxy.serve.PlanHolder;
import io.pagecache.proxy.tls.TlsDoor;
import io.pagecache.store.PageStore;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.NetClientOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The data port, and the one for TLS where there are certificates: one HTTP server on each event loop, all on the same port, so
 * that a connection lives on one loop from its first byte to its last.
 */
public final class DataListener {
    /** Vert.x's way of saying: any free port, the same for all servers of this number. */
    private static final int ANY_PORT = -1;

    private static final int ANY_TLS_PORT = -2;

    /**
     * @param host address to bind
     * @param port 0 for any free one
     * @param tlsPort the same; meaningless without certificates
     * @param idleTimeout a connection on which nothing moves for this long is closed
     * @param eventLoops number of servers
     */
    public record Settings(String host, int port, int tlsPort, Duration idleTimeout, int eventLoops) {}

    private final Vertx vertx;
    private final Settings settings;
    private final Handlers handlers;
    private final DataFront front;
    private final Door door;
    private final Http2Counters http2Counters = new Http2Counters();
    private final PlannedDoor rules;
    private final FastOffers offers;
    private final Port clearText;
    private final @Nullable Port tls;

    /** @param tls null for clear text only */
    public DataListener(Vertx vertx, Settings settings, Handlers handlers, @Nullable TlsDoor tls) {
        this.vertx = vertx;
        this.settings = settings;
        this.handlers = handlers;
        FrontLimits limits = FrontLimits.DEFAULT.withIdleTimeout(settings.idleTimeout());
        FastPlans fastPlans = new FastPlans(handlers.plans(), handlers.authors());
        this.offers = new FastOffers(handlers.store(), fastPlans, handlers.journal(), handlers.clock());
        this.rules = new PlannedDoor(handlers.plans());
        this.door = new Door(
                rules,
                new Http2Shared(patience(limits), http2Counters, System::nanoTime, handlers.underWay()::isLeaving),
                limits.headTimeout());
        this.front = new DataFront(limits, handlers.clock(), System::nanoTime, new Strain(handlers, door), fastPlans);
        this.clearText = new Port(settings.port() == 0 ? ANY_PORT : settings.port(), null);
        this.tls = tls == null ? null : new Port(settings.tlsPort() == 0 ? ANY_TLS_PORT : settings.tlsPort(), tls);
    }

    private static Http2Shared.Patience patience(FrontLimits limits) {
        return new Http2Shared.Patience(
                limits.headTimeout(),
                limits.idleTimeout(),
                limits.sendTimeout(),
                limits.bodyWindow(),
                limits.minBodyBytes());
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

    private record Strain(Handlers handlers, Door door) implements DataFront.Circumstances {
        @Override
        public boolean isDraining() {
            return handlers.underWay().isLeaving();
        }

        @Override
        public boolean isCrowded() {
            return door.isCrowded();
        }
    }

    /** @return the port that was bound, once all servers listen and the front has proved that it stands before them */
    public Future<Integer> start() {
        Port encrypted = tls;
        Future<Void> all =
                encrypted == null ? clearText.start() : clearText.start().compose(started -> encrypted.start());
        return all.map(started -> {
            rules.open();
            return clearText.number.get();
        });
    }

    /** At once: whoever is connected is cut off. */
    public Future<Void> close() {
        Port encrypted = tls;
        return encrypted == null
                ? clearText.close()
                : Future.join(clearText.close(), encrypted.close()).mapEmpty();
    }

    private String reachable() {
        return switch (settings.host()) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::" -> "::1";
            default -> settings.host();
        };
    }

    /** New connections are refused from now on. */
    public void closeDoor() {
        clearText.socket.close();
        if (tls != null) {
            tls.socket.close();
        }
    }

    /** What the front has refused and closed. */
    public FrontCounters frontCounters() {
        return front.counters();
    }

    public DoorCounters doorCounters() {
        return door.counters();
    }

    public Http2Counters http2Counters() {
        return http2Counters;
    }

    public boolean isBound() {
        return rules.isOpen();
    }

    /** The bound port for TLS, or 0 without one. */
    public int tlsPort() {
        return tls == null ? 0 : tls.number.get();
    }

    public UnderWay underWay() {
        return handlers.underWay();
    }

    /** One port, with a server on each event loop. */
    private final class Port {
        private final int wanted;
        private final @Nullable TlsDoor door;
        private final ListeningSocket socket = new ListeningSocket();
        private final AtomicInteger number = new AtomicInteger();
        private volatile @Nullable String deployment;

        Port(int wanted, @Nullable TlsDoor door) {
            this.wanted = wanted;
            this.door = door;
        }

        Future<Void> start() {
            DeploymentOptions everywhere = new DeploymentOptions().setInstances(settings.eventLoops());
            return vertx.deployVerticle(() -> new Server(this), everywhere)
                    .onSuccess(deployed -> deployment = deployed)
                    .compose(deployed -> prove());
        }

        Future<Void> close() {
            String deployed = deployment;
            return deployed == null ? Future.succeededFuture() : vertx.undeploy(deployed);
        }

        /** Without a certificate no handshake succeeds, and so nothing can be asked. */
        private Future<Void> prove() {
            boolean isMute = door != null && !door.canServe();
            return isMute ? Future.succeededFuture() : new FrontCheck(vertx, client()).run(reachable(), number.get());
        }

        private NetClientOptions client() {
            NetClientOptions options = new NetClientOptions();
            return door == null
                    ? options
                    : options.setSsl(true).setTrustAll(true).setHostnameVerificationAlgorithm("");
        }

        private HttpServerOptions options() {
            return Http2Limits.apply(front.harden(new HttpServerOptions()))
                    .setHost(settings.host())
                    .setPort(wanted)
                    .setHandle100ContinueAutomatically(true)
                    .setTcpNoDelay(true)
                    .setAcceptBacklog(4096);
        }
    }

    private final class Server extends AbstractVerticle {
        private final Port port;

        Server(Port port) {
            this.port = port;
        }

        @Override
        public void start(Promise<Void> started) {
            new DataServer((VertxInternal) vertx, port.options(), door, port.door, port.socket)
                    .serving(new DataServer.Handlers(front::guard, new PageHandler(handlers, offers, http2Counters)))
                    .listen()
                    .onSuccess(listening -> port.number.set(listening.actualPort()))
                    .<Void>mapEmpty()
                    .onComplete(started);
        }
    }
}
