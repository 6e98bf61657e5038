package io.pagecache.proxy.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.AbstractSniHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.pagecache.proxy.link.Link;
import io.pagecache.proxy.tls.TlsCounters.Handshake;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads the first message of a handshake and goes on with the certificate for the name in it, or ends the connection. */
final class CertificateChooser extends AbstractSniHandler<SiteCertificate> {
    /** A ClientHello with several post-quantum keys has some 4 KiB. */
    private static final int MOST_HELLO_BYTES = 16 * 1024;

    /** RFC 8446 section 6: level fatal, unrecognized_name. */
    private static final byte[] UNRECOGNIZED_NAME = {21, 3, 3, 0, 2, 2, 112};

    private final CertificateFolder folder;
    private final boolean offersHttp2;
    private final TlsCounters counters;
    private boolean refused;

    CertificateChooser(CertificateFolder folder, boolean offersHttp2, TlsCounters counters) {
        super(MOST_HELLO_BYTES, TlsDoor.HANDSHAKE_TIMEOUT.toMillis());
        this.folder = folder;
        this.offersHttp2 = offersHttp2;
        this.counters = counters;
    }

    @Override
    protected Future<SiteCertificate> lookup(ChannelHandlerContext context, @Nullable String serverName) {
        SiteCertificate certificate = folder.current().forServerName(serverName);
        return certificate == null
                ? context.executor().newFailedFuture(new UnknownNameException())
                : context.executor().newSucceededFuture(certificate);
    }

    @Override
    protected void onLookupComplete(
            ChannelHandlerContext context, @Nullable String serverName, Future<SiteCertificate> lookup) {
        if (lookup.isSuccess()) {
            proceed(context, lookup.getNow());
        } else if (!refused) { // asked again when more of the client's bytes come
            refused = true;
            counters.count(Handshake.UNKNOWN_NAME);
            ByteBuf alert = context.alloc().buffer(UNRECOGNIZED_NAME.length).writeBytes(UNRECOGNIZED_NAME);
            context.writeAndFlush(alert).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void proceed(ChannelHandlerContext context, SiteCertificate certificate) {
        Link.setCertified(context.channel(), certificate.certified());
        SslHandler handler = newHandler(certificate, context.alloc());
        context.pipeline().replace(this, "ssl", handler);
    }

    private SslHandler newHandler(SiteCertificate certificate, ByteBufAllocator allocator) {
        SslHandler handler = certificate.context(offersHttp2).newHandler(allocator);
        handler.setHandshakeTimeout(TlsDoor.HANDSHAKE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        return handler;
    }

    /** Without a stack: it only says which way to go. */
    private static final class UnknownNameException extends Exception {
        private static final long serialVersionUID = 1L;

        UnknownNameException() {
            super("no certificate for this server name", null, false, false);
        }
    }
}
