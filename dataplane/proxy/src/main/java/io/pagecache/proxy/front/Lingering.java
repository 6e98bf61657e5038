package io.pagecache.proxy.front;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;

/**
 * The end of a connection that may still have unread input. Closing at once would make the kernel reset the connection, and the
 * client could lose an answer it has not read yet: so only our half is shut, and input is read and thrown away until the client
 * closes too or the front's linger time is over.
 */
final class Lingering {
    private Lingering() {}

    /**
     * Writes the last bytes, then ends our half, or all of it when the client has ended its own ({@code inputShut}) or the
     * channel knows no halves.
     */
    static void end(ChannelHandlerContext context, ByteBuf lastBytes, boolean inputShut) {
        boolean half = !inputShut
                && context.channel() instanceof DuplexChannel
                && context.pipeline().get(SslHandler.class) == null;
        context.channel().config().setAutoRead(true);
        context.writeAndFlush(lastBytes).addListener((ChannelFutureListener) written -> {
            if (half && written.isSuccess()) {
                ((DuplexChannel) written.channel()).shutdownOutput();
            } else {
                context.close();
            }
        });
    }
}
