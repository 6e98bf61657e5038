package io.pagecache.proxy.door;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.ScheduledFuture;
import io.pagecache.proxy.door.DoorCounters.TurnedAway;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells by the first bytes in clear text whether a client begins with HTTP/2 (RFC 9113 section 3.4). */
final class PrefaceReader extends ByteToMessageDecoder {
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final DoorCounters counters;
    private final Duration patience;
    private final Consumer<Boolean> found;
    private @Nullable ScheduledFuture<?> timer;

    PrefaceReader(DoorCounters counters, Duration patience, Consumer<Boolean> found) {
        this.counters = counters;
        this.patience = patience;
        this.found = found;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        timer = context.executor()
                .schedule(
                        () -> {
                            counters.turnAway(TurnedAway.TOO_SLOW);
                            context.close();
                        },
                        patience.toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) {
        cancelTimer();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        cancelTimer();
        super.channelInactive(context);
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> out) {
        int seen = Math.min(bytes.readableBytes(), PREFACE.length);
        for (int i = 0; i < seen; i++) {
            if (bytes.getByte(bytes.readerIndex() + i) != PREFACE[i]) {
                proceed(context, false);
                return;
            }
        }
        if (seen == PREFACE.length) {
            proceed(context, true);
        }
    }

    /** What has been read goes on when this leaves the pipeline. */
    private void proceed(ChannelHandlerContext context, boolean isHttp2) {
        found.accept(isHttp2);
        context.pipeline().remove(this);
    }
}
