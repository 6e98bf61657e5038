package io.pagecache.proxy.tls;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.OpenSsl;
import java.time.Duration;
import java.util.function.Consumer;

/** Takes connections through the TLS handshake: TLS 1.2 and 1.3 (RFC 9325), once, and within ten seconds. */
public final class TlsDoor {
    static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(10);

    private final CertificateFolder folder;
    private final TlsCounters counters = new TlsCounters();

    public TlsDoor(CertificateFolder folder) {
        // Of the whole process, and read by the platform before its first handshake; RenegotiationGuard needs no such
        // luck.
        System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
        this.folder = folder;
    }

    public TlsCounters counters() {
        return counters;
    }

    public CertificateFolder folder() {
        return folder;
    }

    /** What encrypts, for the log. */
    public static String engine() {
        return OpenSsl.isAvailable() ? OpenSsl.versionString() : "Java's own TLS";
    }

    /** Whether there is any certificate. */
    public boolean canServe() {
        return !folder.current().sites().isEmpty();
    }

    /**
     * Adds what is needed to the end of the pipeline.
     *
     * @param offersHttp2 beside HTTP/1.1
     * @param agreed told once the handshake is done, before the first byte of HTTP: whether it is HTTP/2
     */
    public void open(Channel channel, boolean offersHttp2, Consumer<Boolean> agreed) {
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(new RenegotiationGuard(counters));
        pipeline.addLast(new CertificateChooser(folder, offersHttp2, counters));
        pipeline.addLast(new HandshakeWatch(
                counters, protocol -> agreed.accept(ApplicationProtocolNames.HTTP_2.equals(protocol))));
    }
}
