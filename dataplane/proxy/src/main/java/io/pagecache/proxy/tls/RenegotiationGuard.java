package io.pagecache.proxy.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.pagecache.proxy.tls.TlsCounters.Handshake;

/**
 * Ends a connection whose client begins a second handshake. Stands before TLS and reads the five-byte record headers (RFC 8446
 * section 5.1): what belongs to a handshake has its own type, and after the first one nobody has a reason to send it. In TLS 1.3
 * later messages of that kind look like data from outside, and renegotiation does not exist.
 */
final class RenegotiationGuard extends ChannelInboundHandlerAdapter {
    private static final int HEADER = 5;
    private static final int HANDSHAKE_RECORD = 22;

    private final TlsCounters counters;
    private boolean done;
    private int headerSeen;
    private int type;
    private int length;
    private int bodyLeft;

    RenegotiationGuard(TlsCounters counters) {
        this.counters = counters;
    }

    void handshakeIsDone() {
        done = true;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes && isRefused(bytes)) {
            ReferenceCountUtil.release(message);
            counters.count(Handshake.RENEGOTIATION);
            context.close();
        } else {
            context.fireChannelRead(message);
        }
    }

    private boolean isRefused(ByteBuf bytes) {
        int at = bytes.readerIndex();
        int end = bytes.writerIndex();
        while (at < end) {
            if (bodyLeft > 0) {
                int skipped = Math.min(bodyLeft, end - at);
                bodyLeft -= skipped;
                at += skipped;
            } else {
                if (isHeaderRefused(bytes.getUnsignedByte(at))) {
                    return true;
                }
                at++;
            }
        }
        return false;
    }

    private boolean isHeaderRefused(int octet) {
        if (headerSeen == 0) {
            type = octet;
        } else if (headerSeen == HEADER - 2) {
            length = octet << 8;
        } else if (headerSeen == HEADER - 1) {
            bodyLeft = length | octet;
        }
        headerSeen = (headerSeen + 1) % HEADER;
        return done && type == HANDSHAKE_RECORD;
    }
}
