package io.pagecache.proxy.h2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import io.pagecache.proxy.h2.Http2Counters.Stalled;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the library's HTTP/2 handler on one connection, counts the frames that pass in both directions, and ends what
 * floods or stalls. It changes no frame: what may be said is the library's to judge, how often and how slowly is ours.
 */
public final class FrameGuard extends ChannelDuplexHandler {
    private static final int GO_AWAY_PAYLOAD = 8;

    private final Http2Shared shared;
    private final FrameBudget budget;
    private final FrameScanner inbound;
    private final FrameScanner outbound;

    private @Nullable ChannelHandlerContext self;
    private @Nullable Http2ConnectionHandler library;
    private @Nullable ScheduledFuture<?> timer;
    private Http2Connection.@Nullable PropertyKey progressKey;
    private final StreamOrder order = new StreamOrder();
    private @Nullable FrameType floodedBy;
    private @Nullable Http2Error disorder;
    private long headersSince;
    private boolean inHeaders;
    private boolean ended;
    private boolean served;
    private boolean leaving;
    private long idleSince;

    public FrameGuard(Http2Shared shared) {
        this.shared = shared;
        this.idleSince = shared.now();
        this.budget = new FrameBudget(idleSince);
        this.inbound = new FrameScanner(
                new Inbound(), Http2CodecUtil.connectionPrefaceBuf().readableBytes());
        this.outbound = new FrameScanner(new Outbound(), 0);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        self = context;
        shared.counters().opened();
        timer = context.executor().scheduleAtFixedRate(this::look, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        leave();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        leave();
        context.fireChannelInactive();
    }

    private void leave() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
            shared.counters().closed();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes && !ended) {
            inbound.scan(bytes);
        }
        if (!ended && floodedBy != null) {
            shared.counters().flooded(floodedBy);
            end(context, Http2Error.ENHANCE_YOUR_CALM);
        } else if (!ended && disorder != null) {
            end(context, disorder);
        }
        if (ended) {
            ReferenceCountUtil.release(message);
        } else {
            context.fireChannelRead(message);
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (ended) {
            ReferenceCountUtil.release(message);
            promise.tryFailure(new java.nio.channels.ClosedChannelException());
            return;
        }
        if (message instanceof ByteBuf bytes) {
            outbound.scan(bytes);
        }
        context.write(message, promise);
    }

    /** Says why and closes, whatever is under way: between two writes of the library there is always the end of a frame. */
    private void end(ChannelHandlerContext context, Http2Error why) {
        ended = true;
        shared.counters().goAwaySent(why.code());
        ByteBuf goAway = context.alloc().buffer(Http2CodecUtil.FRAME_HEADER_LENGTH + GO_AWAY_PAYLOAD);
        goAway.writeMedium(GO_AWAY_PAYLOAD)
                .writeByte(FrameType.GOAWAY.ordinal())
                .writeByte(0)
                .writeInt(0)
                .writeInt(lastStream(context))
                .writeInt((int) why.code());
        context.writeAndFlush(goAway).addListener(ChannelFutureListener.CLOSE);
        context.executor().schedule(() -> context.close(), 1, TimeUnit.SECONDS); // should nobody take it
    }

    private static int lastStream(ChannelHandlerContext context) {
        Http2ConnectionHandler library = context.pipeline().get(Http2ConnectionHandler.class);
        return library == null ? 0 : Math.max(0, library.connection().remote().lastStreamCreated());
    }

    /** Once a second: ends what takes too long. */
    private void look() {
        ChannelHandlerContext context = Objects.requireNonNull(self);
        long now = shared.now();
        Http2ConnectionHandler library = context.pipeline().get(Http2ConnectionHandler.class);
        if (ended) {
            return;
        }
        if (inHeaders && now - headersSince >= shared.limits().headTimeout().toNanos()) {
            shared.counters().stalled(Stalled.HEADERS);
            end(context, Http2Error.ENHANCE_YOUR_CALM);
        } else if (library == null || library.connection().numActiveStreams() == 0) {
            endIfIdle(context, now);
        } else {
            idleSince = now;
            lookAtStreams(context, library, now);
        }
        if (shared.isDraining().getAsBoolean() && !leaving && !ended) {
            leaving = true;
            context.channel().close(); // the library says GOAWAY, and closes when its streams are over
        }
    }

    private void endIfIdle(ChannelHandlerContext context, long now) {
        long limit = (served ? shared.limits().idleTimeout() : shared.limits().headTimeout()).toNanos();
        if (now - idleSince >= limit) {
            shared.counters().stalled(Stalled.REQUEST);
            end(context, Http2Error.NO_ERROR);
        }
    }

    private void lookAtStreams(ChannelHandlerContext context, Http2ConnectionHandler library, long now) {
        List<Http2Stream> stalled = new ArrayList<>(0);
        try {
            library.connection().forEachActiveStream(stream -> {
                Stalled what = look(library, stream, now);
                if (what != null) {
                    shared.counters().stalled(what);
                    stalled.add(stream);
                }
                return true;
            });
        } catch (Http2Exception impossible) {
            throw new IllegalStateException(impossible);
        }
        for (Http2Stream stream : stalled) {
            library.resetStream(
                    context.pipeline().context(library), stream.id(), Http2Error.CANCEL.code(), context.newPromise());
        }
        if (!stalled.isEmpty()) {
            context.flush();
        }
    }

    private @Nullable Stalled look(Http2ConnectionHandler library, Http2Stream stream, long now) {
        boolean sendWaits = library.encoder().flowController().hasFlowControlled(stream);
        boolean bodyAwaited = stream.state().remoteSideOpen()
                && library.decoder().flowController().unconsumedBytes(stream) == 0;
        return progress(library.connection(), stream)
                .look(sendWaits, bodyAwaited, shared.limits().pace(), now);
    }

    /** Added to the pipeline after this, and never taken out of it. */
    private @Nullable Http2ConnectionHandler library() {
        if (library == null && self != null) {
            library = self.pipeline().get(Http2ConnectionHandler.class);
        }
        return library;
    }

    private StreamProgress progress(Http2Connection connection, Http2Stream stream) {
        Http2Connection.PropertyKey key = progressKey;
        if (key == null) {
            key = connection.newKey();
            progressKey = key;
        }
        StreamProgress known = stream.getProperty(key);
        if (known == null) {
            known = new StreamProgress();
            stream.setProperty(key, known);
        }
        return known;
    }

    private @Nullable StreamProgress progress(int stream) {
        Http2ConnectionHandler library = library();
        Http2Stream known = library == null ? null : library.connection().stream(stream);
        return library == null || known == null ? null : progress(library.connection(), known);
    }

    private final class Inbound implements FrameScanner.Listener {
        @Override
        public void begins(FrameType type, int flags, int stream, int length) {
            boolean isEmptyData = type == FrameType.DATA && length == 0 && (flags & FrameScanner.END_STREAM) == 0;
            if (floodedBy == null && !budget.allows(type, isEmptyData, shared.now())) {
                floodedBy = type;
            }
            if (type == FrameType.HEADERS && disorder == null) {
                disorder = order.headers(stream);
            }
            if (type == FrameType.HEADERS && !inHeaders) {
                inHeaders = true;
                headersSince = shared.now();
            }
        }

        @Override
        public void ends(FrameType type, int flags, int stream, int length) {
            boolean mayEndStream = type == FrameType.DATA || type == FrameType.HEADERS;
            if (type == FrameType.RST_STREAM || mayEndStream && (flags & FrameScanner.END_STREAM) != 0) {
                order.endedByClient(stream);
            }
            if (type == FrameType.DATA) {
                StreamProgress progress = progress(stream);
                if (progress != null) {
                    progress.received(length);
                }
            } else if ((type == FrameType.HEADERS || type == FrameType.CONTINUATION)
                    && (flags & FrameScanner.END_HEADERS) != 0) {
                inHeaders = false;
                served = true;
            }
        }
    }

    private final class Outbound implements FrameScanner.Listener {
        @Override
        public void begins(FrameType type, int flags, int stream, int length) {
            if (type == FrameType.DATA && length > 0) {
                budget.dataSent();
                StreamProgress progress = progress(stream);
                if (progress != null) {
                    progress.sent(length);
                }
            }
        }

        @Override
        public void ends(FrameType type, int flags, int stream, int length) {
            if (type == FrameType.RST_STREAM) {
                shared.counters().resetSent(outbound.payload());
            } else if (type == FrameType.GOAWAY) {
                shared.counters().goAwaySent(outbound.payload() & 0xffff_ffffL);
            }
        }
    }
}
