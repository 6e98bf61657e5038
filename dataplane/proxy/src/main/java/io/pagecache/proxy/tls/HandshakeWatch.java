package io.pagecache.proxy.tls;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SniCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.pagecache.proxy.tls.TlsCounters.Handshake;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Waits behind TLS for the end of the handshake, then makes room for HTTP. */
final class HandshakeWatch extends ChannelInboundHandlerAdapter {
    private final TlsCounters counters;
    private final Consumer<@Nullable String> done;
    private boolean counted;

    /** @param done told the protocol that was agreed on, null when none was named */
    HandshakeWatch(TlsCounters counters, Consumer<@Nullable String> done) {
        this.counters = counters;
        this.done = done;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent completion) {
            if (completion.isSuccess()) {
                count(Handshake.DONE);
                RenegotiationGuard guard = context.pipeline().get(RenegotiationGuard.class);
                Objects.requireNonNull(guard).handshakeIsDone();
                done.accept(context.pipeline().get(SslHandler.class).applicationProtocol());
                context.pipeline().remove(this);
            } else {
                fail(context, completion.cause());
            }
        } else if (event instanceof SniCompletionEvent hello) {
            if (!hello.isSuccess()) {
                fail(context, hello.cause());
            }
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(context, cause);
    }

    private void fail(ChannelHandlerContext context, Throwable cause) {
        count(cause instanceof SslHandshakeTimeoutException ? Handshake.TIMED_OUT : Handshake.FAILED);
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        context.fireChannelInactive();
    }

    private void count(Handshake how) {
        if (!counted) {
            counted = true;
            counters.count(how);
        }
    }
}
