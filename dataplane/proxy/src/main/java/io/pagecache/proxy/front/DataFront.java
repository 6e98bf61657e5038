package io.pagecache.proxy.front;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.ssl.SslHandler;
import io.pagecache.proxy.h2.FrameGuard;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts the front before Vert.x's own handlers on every HTTP/1 connection of a server:
 *
 * <pre>{@code
 * vertx.createHttpServer(front.harden(options)).connectionHandler(front::guard).requestHandler(…).listen();
 * }</pre>
 *
 * The server's connection handler is the place because Vert.x calls it when the protocol is known and TLS is off the bytes,
 * before the first of them is read, and for this server only. A connection whose pipeline does not look as expected is closed:
 * nothing is served unguarded, and {@link FrontCheck} proves at start that requests are.
 */
public final class DataFront {
    private static final String DECODER = "httpDecoder";
    private static final String ENCODER = "httpEncoder";
    private static final String FRONT = "pagecacheFront";
    private static final String TRAILERS = "pagecacheTrailers";
    private static final String WATCH = "pagecacheAnswerWatch";

    /** Beyond what the front lets through, so that Vert.x never refuses what the front accepted. */
    private static final int DECODER_SLACK = 1024;

    private final FrontLimits limits;
    private final FrontCounters counters = new FrontCounters();
    private final FrontShared shared;
    private final Map<EventLoop, FrontLoop> loops = new ConcurrentHashMap<>();

    /** What the front cannot know by itself. */
    @FunctionalInterface
    public interface Circumstances {

        /** While true each answer ends its connection, and idle connections are closed. */
        boolean isDraining();

        /** While true connections are not kept open for long without a request. */
        default boolean isCrowded() {
            return false;
        }
    }

    /**
     * @param nanoTime for deadlines, monotonic
     * @param circumstances asked all the time
     * @param fastPlans what the fast path must know of the plan in force, the same object as long as the plan is; null while
     *     every request must take the whole way
     */
    public DataFront(
            FrontLimits limits,
            InstantSource clock,
            LongSupplier nanoTime,
            Circumstances circumstances,
            Supplier<@Nullable FastPlan> fastPlans) {
        this.limits = limits;
        this.shared = new FrontShared(limits, counters, clock, nanoTime, circumstances, fastPlans);
    }

    /** Changes the options in place, so that Vert.x takes what the front lets through and adds no rules of its own. */
    public HttpServerOptions harden(HttpServerOptions options) {
        return options.setMaxInitialLineLength(limits.maxTarget() + DECODER_SLACK)
                .setMaxHeaderSize(limits.maxHead() + DECODER_SLACK)
                .setHttp2ClearTextEnabled(false)
                .setDecompressionSupported(false)
                .setCompressionSupported(false)
                .setTcpKeepAlive(true) // all that notices a dead peer of a WebSocket
                .setIdleTimeout(0)
                .setReadIdleTimeout(0)
                .setWriteIdleTimeout(0);
    }

    /** To be the server's connection handler. */
    public void guard(HttpConnection connection) {
        Channel channel = ((ConnectionBase) connection).channel();
        ChannelPipeline pipeline = channel.pipeline();
        boolean http1 = pipeline.get(DECODER) != null && pipeline.get(ENCODER) != null;
        if (!http1) {
            Http2ConnectionHandler library = pipeline.get(Http2ConnectionHandler.class);
            if (library == null || pipeline.get(FrameGuard.class) == null) {
                throw closed(channel);
            }
            StreamLane.install(channel, library, loop(channel));
            return;
        }
        if (pipeline.get(SslHandler.class) == null) {
            channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        }
        FrontHandler front = new FrontHandler(loop(channel));
        pipeline.addBefore(DECODER, FRONT, front);
        pipeline.addAfter(DECODER, TRAILERS, new TrailerKeeper());
        pipeline.addAfter(ENCODER, WATCH, new AnswerWatch(front));
    }

    private FrontLoop loop(Channel channel) {
        return loops.computeIfAbsent(channel.eventLoop(), loop -> new FrontLoop(shared));
    }

    private static IllegalStateException closed(Channel channel) {
        channel.close();
        return new IllegalStateException(
                "Connection closed, because it cannot be guarded: expected " + DECODER + " and " + ENCODER
                        + " in its pipeline, found " + channel.pipeline().names());
    }

    public FrontCounters counters() {
        return counters;
    }
}
