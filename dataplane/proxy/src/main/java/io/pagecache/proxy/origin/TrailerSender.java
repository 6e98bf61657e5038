package io.pagecache.proxy.origin;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.pagecache.http.Headers;

/** Puts the client's trailers after the body that goes to the origin; Vert.x has no way to say them. */
final class TrailerSender extends ChannelOutboundHandlerAdapter {
    private final AnswerGuard guard;

    TrailerSender(AnswerGuard guard) {
        this.guard = guard;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        OriginExchange exchange = guard.current();
        Headers trailers =
                exchange == null || !(message instanceof LastHttpContent) ? Headers.EMPTY : exchange.trailers();
        if (trailers.size() == 0 || !(message instanceof LastHttpContent last)) {
            context.write(message, promise);
            return;
        }
        DefaultLastHttpContent complete = new DefaultLastHttpContent(last.content());
        trailers.forEach((name, value) -> complete.trailingHeaders().add(name, value));
        context.write(complete, promise);
    }
}
