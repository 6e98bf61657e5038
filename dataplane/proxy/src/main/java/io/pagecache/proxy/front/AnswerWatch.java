package io.pagecache.proxy.front;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;

/** Sits before the encoder and tells the front where each answer of the server behind it begins and ends. */
final class AnswerWatch extends ChannelOutboundHandlerAdapter {
    private static final int SWITCHING_PROTOCOLS = 101;

    private final FrontHandler front;
    private boolean interim;

    AnswerWatch(FrontHandler front) {
        this.front = front;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (front.isClosing()) {
            refuse(message, promise);
            return;
        }
        if (message instanceof HttpResponse answer && !begin(answer)) {
            refuse(message, promise);
            context.close();
            return;
        }
        context.write(message, promise);
        if (message instanceof LastHttpContent && !interim) {
            front.answerEnds();
        }
    }

    private static void refuse(Object message, ChannelPromise promise) {
        ReferenceCountUtil.release(message);
        promise.tryFailure(new ClosedChannelException());
    }

    /** Whether the answer may go out: a switch of protocols nobody offered may not. */
    private boolean begin(HttpResponse answer) {
        int status = answer.status().code();
        interim = answer.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        if (status == SWITCHING_PROTOCOLS) {
            boolean offered = front.exchange().isUpgradeOffered();
            if (offered) {
                front.stepAside();
            }
            return offered;
        }
        if (!interim) {
            endConnectionIfLast(answer);
        }
        return true;
    }

    private void endConnectionIfLast(HttpResponse answer) {
        if (answer.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true)) {
            front.exchange().endsWithAnswer();
        }
        if (front.answerBegins()) {
            answer.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
    }
}
