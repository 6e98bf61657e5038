package io.pagecache.e2e.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is on the wire besides ordinary HTTP/1.1. */
interface WireCases extends Staged {
    @Test
    default void shouldRefuseAmbiguousFraming() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", stage().proxy.port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write(
                            "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));

            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(answer).startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    default void shouldRefuseHostsThatItDoesNotServe() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", stage().proxy.port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write(ascii("GET / HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n"));

            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(answer).startsWith("HTTP/1.1 421 ").contains("detail=unknown-host");
        }
    }

    @Test
    default void shouldLetProtocolsBeSwitched(@TempDir Path directory) throws IOException {
        WireFolder switching = new WireFolder(directory);
        try (EchoOrigin echo = new EchoOrigin()) {
            switching.write(new SitePlan(echo.port()).plan("r1"));
            try (ProxyProcess between = ProxyProcess.start(stage().form(), switching, Duration.ZERO)
                            .awaitReady();
                    Socket socket = new Socket("127.0.0.1", between.port())) {
                socket.setSoTimeout(30_000);

                OutputStream out = socket.getOutputStream();
                out.write(ascii("GET /echo HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
                String head = EchoOrigin.head(socket.getInputStream());
                out.write(ascii("over the wire"));

                assertThat(head).startsWith("HTTP/1.1 101 ").containsIgnoringCase("upgrade: websocket");
                assertThat(socket.getInputStream().readNBytes(13)).isEqualTo(ascii("over the wire"));
            }
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
