package io.pagecache.proxy.origin;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.ReferenceCountUtil;
import io.pagecache.http.HopByHop;
import io.pagecache.proxy.front.BodyForwarder;
import io.pagecache.proxy.front.FrontLimits;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the parser of one connection to the origin. Hands on one answer for each request, and only bytes that can be read in
 * one way; interim answers go to whoever waits, and never reach the parser. Anything else ends the connection, so that it cannot be
 * taken for the answer to somebody's next request.
 */
final class AnswerGuard extends ChannelDuplexHandler {
    private static final String CODEC = "codec";
    private static final String NAME = "pagecacheAnswerGuard";
    private static final String TRAILERS = "pagecacheTrailers";
    static final int MOST_INTERIMS = 16;
    static final int MAX_HEAD = 64 * 1024;

    private enum Phase {
        /** Between two answers, or in a head. */
        HEAD,
        BODY,
        UNTIL_CLOSE,
        /** The connection speaks another protocol. */
        OPEN,
        BROKEN
    }

    private final Consumer<AnswerFault> onFault;
    private final AnswerScanner scanner = new AnswerScanner();
    private final BodyForwarder body = new BodyForwarder(FrontLimits.DEFAULT);
    private final AtomicInteger exchanges = new AtomicInteger();
    private volatile @Nullable OriginExchange current;
    private Phase phase = Phase.HEAD;
    private int interims;
    private @Nullable ByteBuf input;

    AnswerGuard(Consumer<AnswerFault> onFault) {
        this.onFault = onFault;
    }

    /** To be the client's connection handler. */
    static void guard(HttpConnection connection, Consumer<AnswerFault> onFault) {
        ChannelPipeline pipeline = ((ConnectionBase) connection).channel().pipeline();
        AnswerGuard guard = new AnswerGuard(onFault);
        pipeline.addBefore(CODEC, NAME, guard);
        pipeline.addAfter(CODEC, TRAILERS, new TrailerSender(guard));
    }

    /** The guard of a connection; null once that is closed. */
    static @Nullable AnswerGuard of(HttpConnection connection) {
        Channel channel = ((ConnectionBase) connection).channel();
        return channel.isActive() ? (AnswerGuard) channel.pipeline().get(NAME) : null;
    }

    /** The next request on this connection; to be called before any of it is written. */
    void expect(OriginExchange exchange) {
        exchange.connected(exchanges.getAndIncrement() > 0);
        current = exchange;
    }

    @Nullable
    OriginExchange current() {
        return current;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        OriginExchange exchange = current;
        if (exchange != null) {
            exchange.sent();
        }
        context.write(message, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (phase == Phase.OPEN || !(message instanceof ByteBuf bytes)) {
            context.fireChannelRead(message);
            return;
        }
        if (phase == Phase.BROKEN) {
            bytes.release();
            return;
        }
        input = input == null ? bytes : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(context.alloc(), input, bytes);
        boolean moved = true;
        while (moved && input != null && input.isReadable()) {
            moved = switch (phase) {
                case HEAD -> takeHead(context, input);
                case BODY -> takeBody(context, input);
                case UNTIL_CLOSE, OPEN -> takeAll(context, input);
                case BROKEN -> false;
            };
        }
        if (input != null && !input.isReadable()) {
            releaseInput();
        }
    }

    private boolean takeHead(ChannelHandlerContext context, ByteBuf bytes) {
        OriginExchange exchange = current;
        if (exchange == null || !exchange.isSent()) {
            return broken(context, AnswerFault.UNASKED);
        }
        exchange.answerBegins();
        int end = AnswerScanner.end(bytes);
        if (end < 0 ? bytes.readableBytes() > MAX_HEAD : end - bytes.readerIndex() > MAX_HEAD) {
            return broken(context, AnswerFault.HEAD_TOO_LARGE);
        }
        if (end < 0) {
            return false;
        }
        AnswerFault fault = scanner.scan(bytes, end);
        if (fault != null) {
            return broken(context, fault);
        }
        return scanner.status() < 200
                ? takeInterim(context, bytes, end, exchange)
                : takeFinal(context, bytes, end, exchange);
    }

    private boolean takeInterim(ChannelHandlerContext context, ByteBuf bytes, int end, OriginExchange exchange) {
        if (scanner.status() == 101) {
            if (!exchange.offersUpgrade()) {
                return broken(context, AnswerFault.SWITCH);
            }
            phase = Phase.OPEN;
            return true;
        }
        if (++interims > MOST_INTERIMS) {
            return broken(context, AnswerFault.TOO_MANY_INTERIMS);
        }
        bytes.readerIndex(end);
        if (scanner.status() != 100) { // the proxy has answered the client's expectation itself
            exchange.interim(new Interim(scanner.status(), HopByHop.strip(scanner.fields())));
        }
        return true;
    }

    private boolean takeFinal(ChannelHandlerContext context, ByteBuf bytes, int end, OriginExchange exchange) {
        int status = scanner.status();
        boolean empty = exchange.isForHead() || status == 204 || status == 304;
        boolean untilClose = !empty && !scanner.isChunked() && scanner.length() < 0;
        body.begin(empty || untilClose ? 0 : Math.max(0, scanner.length()), !empty && scanner.isChunked());
        phase = untilClose ? Phase.UNTIL_CLOSE : Phase.BODY;
        interims = 0;
        boolean over = phase == Phase.BODY && body.isComplete();
        if (over && bytes.writerIndex() > end) {
            return broken(context, AnswerFault.EXTRA_BYTES);
        }
        if (over) {
            answerIsOver();
        }
        context.fireChannelRead(bytes.readRetainedSlice(end - bytes.readerIndex()));
        return true;
    }

    private boolean takeBody(ChannelHandlerContext context, ByteBuf bytes) {
        ByteBuf handedOn = body.take(bytes, context.alloc());
        if (body.refusal() != null) {
            return broken(context, AnswerFault.CHUNK);
        }
        if (body.isComplete()) {
            if (bytes.isReadable()) {
                ReferenceCountUtil.release(handedOn);
                return broken(context, AnswerFault.EXTRA_BYTES);
            }
            answerIsOver();
        }
        if (handedOn != null) {
            context.fireChannelRead(handedOn);
        }
        return true;
    }

    /** Before its last bytes are handed on: whoever gets them may send the next request at once. */
    private void answerIsOver() {
        current = null;
        phase = Phase.HEAD;
    }

    private boolean takeAll(ChannelHandlerContext context, ByteBuf bytes) {
        context.fireChannelRead(bytes.readRetainedSlice(bytes.readableBytes()));
        return true;
    }

    private boolean broken(ChannelHandlerContext context, AnswerFault fault) {
        phase = Phase.BROKEN;
        releaseInput();
        onFault.accept(fault);
        if (current != null) {
            context.fireExceptionCaught(new BrokenAnswerException(fault));
        }
        context.close();
        return false;
    }

    private void releaseInput() {
        ByteBuf held = input;
        input = null;
        if (held != null) {
            held.release();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        releaseInput();
        context.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        releaseInput();
    }
}
