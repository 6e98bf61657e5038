package io.pagecache.proxy.door;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import io.pagecache.plan.IpAddress;
import io.pagecache.proxy.door.DoorCounters.TurnedAway;
import io.pagecache.proxy.link.Link;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Takes the client's address from a PROXY protocol header, version 1 or 2, then makes room for what follows it. */
final class ProxyHeaderReader extends ChannelInboundHandlerAdapter {
    private final DoorCounters counters;
    private final Duration patience;
    private final Runnable done;
    private @Nullable ScheduledFuture<?> timer;
    private boolean refused;

    ProxyHeaderReader(DoorCounters counters, Duration patience, Runnable done) {
        this.counters = counters;
        this.patience = patience;
        this.done = done;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        timer = context.executor()
                .schedule(() -> refuse(context, TurnedAway.TOO_SLOW), patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HAProxyMessage header) {
            try {
                take(context, header);
            } finally {
                header.release();
            }
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void take(ChannelHandlerContext context, HAProxyMessage header) {
        String source = header.sourceAddress();
        boolean speaksForClient = header.command() == HAProxyCommand.PROXY && source != null;
        if (speaksForClient && IpAddress.parse(source) != null) {
            Link.setPeer(context.channel(), source);
            context.channel()
                    .attr(ConnectionBase.REMOTE_ADDRESS_OVERRIDE)
                    .set(SocketAddress.inetSocketAddress(header.sourcePort(), source));
        }
        done.run();
        context.pipeline().remove(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        refuse(context, TurnedAway.PROXY_HEADER);
    }

    private void refuse(ChannelHandlerContext context, TurnedAway why) {
        if (!refused) {
            refused = true;
            counters.turnAway(why);
        }
        context.close();
    }
}
