package io.pagecache.proxy.front;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import io.pagecache.http.Headers;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.Map;

/** Sits behind the parser and keeps the trailers of the last request, which Vert.x throws away. */
public final class TrailerKeeper extends ChannelInboundHandlerAdapter {
    private static final AttributeKey<Headers> KEPT = AttributeKey.valueOf("pagecache.trailers");

    TrailerKeeper() {}

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
            context.channel().attr(KEPT).set(Headers.EMPTY);
        }
        if (message instanceof LastHttpContent last && !last.trailingHeaders().isEmpty()) {
            Headers.Builder trailers = Headers.builder();
            for (Map.Entry<String, String> field : last.trailingHeaders()) {
                trailers.add(field.getKey(), field.getValue());
            }
            context.channel().attr(KEPT).set(trailers.build());
        }
        context.fireChannelRead(message);
    }

    /** Trailers of the request that the connection has read last; complete once its body is over. */
    public static Headers trailers(HttpConnection connection) {
        Headers kept = ((ConnectionBase) connection).channel().attr(KEPT).get();
        return kept == null ? Headers.EMPTY : kept;
    }
}
