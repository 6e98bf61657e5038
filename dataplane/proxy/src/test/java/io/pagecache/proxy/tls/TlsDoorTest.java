package io.pagecache.proxy.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslHandler;
import io.pagecache.proxy.actors.CertificateMaker;
import io.pagecache.proxy.actors.CertificateMaker.Algorithm;
import io.pagecache.proxy.tls.TlsCounters.Handshake;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By a clock that the test moves. */
class TlsDoorTest {
    @TempDir
    Path directory;

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private TlsDoor door;

    @BeforeEach
    void open() {
        CertificateMaker.make(Algorithm.EC, "www.example.com").into(directory.resolve("shop"));
        CertificateFolder folder = new CertificateFolder(directory);
        folder.look();
        door = new TlsDoor(folder);
        channel.freezeTime();
        door.open(channel, true, agreed -> {
            throw new AssertionError("no handshake has ended");
        });
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private void pass(long millis) {
        channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        channel.runPendingTasks();
    }

    private void shouldEndAtTenSeconds() {
        pass(9_900);
        assertThat(channel.isOpen()).isTrue();
        pass(200);
        assertThat(channel.isOpen()).isFalse();
        assertThat(door.counters().handshakes(Handshake.TIMED_OUT)).isOne();
    }

    @Test
    @DisplayName("C10: a client that says nothing is closed after ten seconds")
    void shouldCloseSilentClients() {
        shouldEndAtTenSeconds();
    }

    @Test
    @DisplayName("C10: so is one that drips its first message")
    void shouldCloseClientsThatDrip() {
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {22, 3, 1, 1, 0, 1}));

        shouldEndAtTenSeconds();
    }

    @Test
    @DisplayName("C10: and one that begins the handshake and does not end it")
    void shouldCloseHandshakesThatDoNotEnd() throws Exception {
        SSLEngine client = SSLContext.getDefault().createSSLEngine("www.example.com", 443);
        client.setUseClientMode(true);
        ByteBuffer hello = ByteBuffer.allocate(client.getSession().getPacketBufferSize());
        client.wrap(ByteBuffer.allocate(0), hello);
        channel.writeInbound(Unpooled.wrappedBuffer(hello.flip()));
        channel.runPendingTasks();
        assertThat(channel.pipeline().get(SslHandler.class)).isNotNull();

        shouldEndAtTenSeconds();
    }
}
