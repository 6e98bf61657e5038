package io.pagecache.e2e.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TcpForwarderTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    void shouldPassAHalfCloseOnAndStillDeliverTheAnswer() throws Exception {
        try (ServerSocket backend = new ServerSocket(0, 10, LOOPBACK);
                TcpForwarder forwarder = TcpForwarder.listen(
                        LOOPBACK, 0, () -> Optional.of((InetSocketAddress) backend.getLocalSocketAddress()));
                Socket client = new Socket(LOOPBACK, forwarder.address().getPort())) {
            Thread.startVirtualThread(() -> answerAfterTheEnd(backend));

            client.getOutputStream().write("question".getBytes(StandardCharsets.UTF_8));
            client.shutdownOutput();

            assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("got question");
        }
    }

    private static void answerAfterTheEnd(ServerSocket backend) {
        try (Socket server = backend.accept()) {
            String question = new String(server.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            server.getOutputStream().write(("got " + question).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldResetAConnectionThatNobodyCanServe() throws Exception {
        try (TcpForwarder forwarder = TcpForwarder.listen(LOOPBACK, 0, Optional::empty);
                Socket client = new Socket(LOOPBACK, forwarder.address().getPort())) {
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(IOException.class);
        }
    }
}
