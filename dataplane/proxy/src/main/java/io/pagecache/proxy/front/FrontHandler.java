package io.pagecache.proxy.front;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.ReferenceCountUtil;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The door of one connection. Hands on one request at a time, and only bytes that can be read in one way; what the client sends
 * beyond it waits here until the answer is out, so that nothing overtakes and nothing starts inside another message.
 */
final class FrontHandler extends ChannelDuplexHandler {
    private final FrontLoop loop;
    private final HeadReader heads;
    private final BodyForwarder body;
    private final Deadlines deadlines;
    private final Exchange exchange = new Exchange();
    private final FastLane fastLane;

    /** Index in the loop's list. */
    int place;

    private Phase phase = Phase.HEAD;
    private @Nullable ByteBuf input;
    private boolean working;
    private boolean readStopped;
    private boolean inputShut;
    private boolean gone;
    private @Nullable ChannelHandlerContext self;

    FrontHandler(FrontLoop loop) {
        this.loop = loop;
        this.heads = new HeadReader(loop);
        this.body = new BodyForwarder(loop.limits);
        this.deadlines = new Deadlines(loop);
        this.fastLane = new FastLane(loop.fastPath);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        self = context;
        loop.add(this, context.executor());
        deadlines.restart();
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
        if (!gone) {
            gone = true;
            loop.remove(this);
            releaseInput();
            fastLane.forget();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (phase == Phase.ASIDE) {
            context.fireChannelRead(message);
        } else if (phase == Phase.CLOSING || gone || !(message instanceof ByteBuf bytes)) {
            ReferenceCountUtil.release(message);
        } else {
            input = input == null
                    ? bytes
                    : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(context.alloc(), input, bytes);
            work(context);
        }
    }

    /** Goes on with the input as far as the phase allows. An answer may end, and so call back, while this runs. */
    private void work(ChannelHandlerContext context) {
        if (working) {
            return;
        }
        working = true;
        boolean moved = true;
        while (moved && input != null) {
            moved = switch (phase) {
                case HEAD -> !isCongested(context) && takeHead(context, input);
                case BODY -> takeBody(context, input);
                case ANSWER, ASIDE, CLOSING -> false;
            };
            if (input != null && !input.isReadable()) {
                releaseInput();
            }
        }
        working = false;
        settle(context);
    }

    /** Goes on where no read is under way: the server behind sends its answers when it is told that a read has ended. */
    private void resume(ChannelHandlerContext context) {
        work(context);
        context.fireChannelReadComplete();
    }

    /** Reads on or not, as there is room; closes when nothing can come any more. */
    private void settle(ChannelHandlerContext context) {
        fastLane.flush(context);
        boolean mustWait = input != null && (phase == Phase.ANSWER || phase == Phase.HEAD && isCongested(context));
        if (mustWait != readStopped && phase != Phase.CLOSING) {
            readStopped = mustWait;
            context.channel().config().setAutoRead(!mustWait);
        }
        if (inputShut && phase == Phase.HEAD && !mustWait) {
            endConnection(context);
        } else if (inputShut && phase == Phase.BODY) {
            context.close();
        }
    }

    /** Whether the client asks faster than it takes its answers: then it has to wait with its next request. */
    private boolean isCongested(ChannelHandlerContext context) {
        if (!context.channel().isWritable()) {
            fastLane.flush(context);
        }
        return !context.channel().isWritable();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (phase == Phase.HEAD && input != null && context.channel().isWritable()) {
            context.executor().execute(() -> resume(context));
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        fastLane.written(message);
        context.write(message, promise);
    }

    private boolean takeHead(ChannelHandlerContext context, ByteBuf bytes) {
        if (heads.isAtStart()) {
            deadlines.restart();
        }
        return switch (heads.read(bytes)) {
            case COMPLETE -> {
                takeRequest(context, bytes, loop.scanner.head());
                yield true;
            }
            case INCOMPLETE -> false;
            case REFUSED -> {
                refuse(context, Objects.requireNonNull(loop.scanner.refusal()));
                yield false;
            }
        };
    }

    private void takeRequest(ChannelHandlerContext context, ByteBuf bytes, RequestHead head) {
        deadlines.served();
        if (!loop.isDraining() && fastLane.answer(context, loop.scratch, head)) {
            bytes.skipBytes(head.end);
            deadlines.restart();
        } else {
            forwardHead(context, bytes, head);
        }
    }

    private void forwardHead(ChannelHandlerContext context, ByteBuf bytes, RequestHead head) {
        exchange.begin(head);
        body.begin(head);
        ByteBuf handedOn;
        if (head.needsRewriting()) {
            handedOn = HeadRewriter.rewrite(context.alloc(), loop.scratch, head);
            bytes.skipBytes(head.end);
        } else {
            bytes.skipBytes(head.start);
            handedOn = body.takeWithHead(bytes, head.end - head.start);
        }
        phase = body.isComplete() ? Phase.ANSWER : Phase.BODY;
        deadlines.restart();
        context.fireChannelRead(handedOn);
    }

    private boolean takeBody(ChannelHandlerContext context, ByteBuf bytes) {
        int before = bytes.readableBytes();
        ByteBuf handedOn = body.take(bytes, context.alloc());
        deadlines.bodyMoved(before - bytes.readableBytes());
        Refusal bad = body.refusal();
        if (bad != null) {
            refuse(context, bad);
            return false;
        }
        if (body.isComplete()) {
            phase = Phase.ANSWER;
            deadlines.restart();
        }
        if (handedOn != null) {
            context.fireChannelRead(handedOn);
        }
        return true;
    }

    private void refuse(ChannelHandlerContext context, Refusal why) {
        loop.counters.refused(why);
        if (phase != Phase.HEAD && exchange.isAnswerBegun()) {
            context.close();
            return;
        }
        boolean someoneWaits = phase != Phase.HEAD;
        beginClosing();
        if (someoneWaits) {
            context.fireExceptionCaught(new RefusedRequestException(why));
        }
        Lingering.end(context, RefusalAnswer.render(context.alloc(), why, loop.instant()), inputShut);
    }

    private void beginClosing() {
        phase = Phase.CLOSING;
        deadlines.restart();
        releaseInput();
    }

    /** Lets out what has been written; whatever else comes or goes is thrown away. */
    private void endConnection(ChannelHandlerContext context) {
        beginClosing();
        Lingering.end(context, Unpooled.EMPTY_BUFFER, inputShut);
    }

    private void releaseInput() {
        if (input != null) {
            input.release();
            input = null;
        }
    }

    boolean isClosing() {
        return phase == Phase.CLOSING;
    }

    Exchange exchange() {
        return exchange;
    }

    /** The head of the final answer is about to be written; true when the connection must end with this answer. */
    boolean answerBegins() {
        boolean isLast = exchange.answerBegins(phase == Phase.BODY || loop.isDraining());
        fastLane.answerBegins(Objects.requireNonNull(self), isLast);
        return isLast;
    }

    /** 101 is about to be written; what has been read already belongs to the new protocol. */
    void stepAside() {
        ChannelHandlerContext context = Objects.requireNonNull(self);
        phase = Phase.ASIDE;
        context.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
        context.executor().execute(() -> {
            ByteBuf early = input;
            input = null;
            if (early != null) {
                context.fireChannelRead(early);
                context.fireChannelReadComplete();
            }
            settle(context);
        });
    }

    /** The end of the final answer has been written. The server behind finishes its own books first. */
    void answerEnds() {
        ChannelHandlerContext context = Objects.requireNonNull(self);
        fastLane.answerEnds();
        if (phase == Phase.BODY || exchange.isLast()) {
            endConnection(context);
        } else if (phase == Phase.ANSWER) {
            phase = Phase.HEAD;
            deadlines.restart();
            if (input != null || inputShut) {
                context.executor().execute(() -> resume(context));
            }
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent && phase != Phase.ASIDE) {
            inputShut = true;
            if (phase == Phase.CLOSING) {
                context.close();
            } else {
                work(context);
            }
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        boolean lingers = phase == Phase.CLOSING && context.channel().isActive() && !inputShut;
        if (lingers && !deadlines.isLingerOver()) {
            context.channel().closeFuture().addListener(closed -> promise.trySuccess());
        } else {
            context.close(promise);
        }
    }

    /** Once a second: ends what takes too long. */
    void checkDeadlines(long now) {
        ChannelHandlerContext context = self;
        if (context == null) {
            return;
        }
        Deadlines.Overdue overdue = deadlines.overdue(context.channel(), phase, input != null, now);
        switch (overdue) {
            case NOTHING -> {}
            case HEAD -> refuse(context, Refusal.SLOW_HEAD);
            case BODY -> refuse(context, Refusal.SLOW_BODY);
            case REQUEST, SEND, LINGER -> {
                loop.counters.timedOut(overdue);
                context.close();
            }
        }
    }
}
