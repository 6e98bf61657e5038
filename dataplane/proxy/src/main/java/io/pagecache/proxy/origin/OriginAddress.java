package io.pagecache.proxy.origin;

import io.pagecache.plan.IpAddress;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Where the origin's name leads. Once found, an address stands for {@link #TRUST}; then it is looked up anew, while requests go on to
 * the one that is known. A lookup that fails changes nothing: the last good address stays. Only the first one is waited for.
 */
final class OriginAddress {
    /** Besides what the answer's own lifetime allows, which the resolver keeps to. */
    static final Duration TRUST = Duration.ofSeconds(5);

    private static final Logger LOG = Logger.getLogger(OriginAddress.class);

    private record Known(SocketAddress address, long sinceNanos) {}

    private final Vertx vertx;
    private final String host;
    private final int port;
    private final Supplier<Future<InetAddress>> lookup;
    private final LongSupplier nanoTime;
    private final boolean isLiteral;
    private volatile @Nullable Known known;
    private @Nullable Future<SocketAddress> underWay; // guarded by this

    /** @param nanoTime monotonic */
    OriginAddress(Vertx vertx, String host, int port, Supplier<Future<InetAddress>> lookup, LongSupplier nanoTime) {
        this.vertx = vertx;
        this.host = host;
        this.port = port;
        this.lookup = lookup;
        this.nanoTime = nanoTime;
        this.isLiteral = IpAddress.parse(host) != null;
    }

    /** Completes on the context of the caller, at once where an address is known. */
    Future<SocketAddress> current() {
        if (isLiteral) {
            return Future.succeededFuture(SocketAddress.inetSocketAddress(port, host));
        }
        Known last = known;
        if (last == null) {
            Promise<SocketAddress> here = ((ContextInternal) vertx.getOrCreateContext()).promise();
            look().onComplete(here);
            return here.future();
        }
        if (nanoTime.getAsLong() - last.sinceNanos() >= TRUST.toNanos()) {
            look();
        }
        return Future.succeededFuture(last.address());
    }

    private Future<SocketAddress> look() {
        Promise<SocketAddress> found = Promise.promise();
        synchronized (this) {
            if (underWay != null) {
                return underWay;
            }
            underWay = found.future();
        }
        // Inside a composition, for a lookup that throws fails like any other.
        Future.succeededFuture()
                .compose(begin -> lookup.get())
                .map(address -> SocketAddress.inetSocketAddress(port, address.getHostAddress()))
                .onComplete(answer -> {
                    take(answer.succeeded() ? answer.result() : null);
                    synchronized (this) {
                        underWay = null;
                    }
                    found.handle(answer);
                });
        return found.future();
    }

    private void take(@Nullable SocketAddress address) {
        Known last = known;
        if (address != null) {
            known = new Known(address, nanoTime.getAsLong());
        } else if (last != null) {
            LOG.warnf("%s cannot be resolved: its last address %s stays", host, last.address());
            known = new Known(last.address(), nanoTime.getAsLong());
        }
    }
}
