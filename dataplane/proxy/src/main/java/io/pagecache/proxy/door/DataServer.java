package io.pagecache.proxy.door;

import io.netty.channel.Channel;
import io.netty.handler.traffic.GlobalTrafficShapingHandler;
import io.pagecache.proxy.tls.TlsDoor;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerImpl;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.SslChannelProvider;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Vert.x's HTTP server behind a {@link Door}. Vert.x calls one method for each connection it has accepted, on the connection's
 * event loop, before anything is read; that method is overridden here. What Vert.x would do then for HTTP/1 and for HTTP/2 is
 * done later, when the door knows which it is.
 */
public final class DataServer extends HttpServerImpl {
    /*
     * Vert.x decides on HTTP/2 in clear text by an option of the server. So the second entrance belongs to a second server that
     * never listens: its handler reads the preface once more and goes on.
     */
    private final Door door;
    private final @Nullable TlsDoor tls;
    private final Http2Entrance http2;
    private final ListeningSocket socket;

    /** What a server serves connections with. */
    public record Handlers(Handler<HttpConnection> connections, Handler<HttpServerRequest> requests) {}

    /** @param tls null for clear text */
    public DataServer(
            VertxInternal vertx, HttpServerOptions options, Door door, @Nullable TlsDoor tls, ListeningSocket socket) {
        super(vertx, new HttpServerOptions(options).setHttp2ClearTextEnabled(false));
        this.door = door;
        this.tls = tls;
        this.socket = socket;
        this.http2 = new Http2Entrance(vertx, options);
    }

    public DataServer serving(Handlers handlers) {
        connectionHandler(handlers.connections());
        requestHandler(handlers.requests());
        http2.connectionHandler(handlers.connections());
        http2.requestHandler(handlers.requests());
        return this;
    }

    @Override
    protected BiConsumer<Channel, SslChannelProvider> childHandler(
            ContextInternal context, SocketAddress address, GlobalTrafficShapingHandler shaping) {
        BiConsumer<Channel, SslChannelProvider> http1 = super.childHandler(context, address, shaping);
        BiConsumer<Channel, SslChannelProvider> http2Preface = http2.childHandler(context, address, shaping);
        return (channel, provider) -> {
            socket.accepted(channel);
            door.open(
                    channel,
                    new Entrances(
                            known -> http1.accept(known, provider), known -> http2Preface.accept(known, provider)),
                    tls);
        };
    }

    private static final class Http2Entrance extends HttpServerImpl {
        Http2Entrance(VertxInternal vertx, HttpServerOptions options) {
            super(vertx, new HttpServerOptions(options).setHttp2ClearTextEnabled(true));
        }

        @Override
        protected BiConsumer<Channel, SslChannelProvider> childHandler(
                ContextInternal context, SocketAddress address, GlobalTrafficShapingHandler shaping) {
            return super.childHandler(context, address, shaping);
        }
    }
}
