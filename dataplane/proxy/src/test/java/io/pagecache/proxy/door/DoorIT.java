package io.pagecache.proxy.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pagecache.plan.Listener;
import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.Stage;
import io.pagecache.proxy.actors.Visitor.Received;
import io.pagecache.proxy.door.DoorCounters.TurnedAway;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who comes in, through real sockets. */
@Timeout(120)
class DoorIT {
    private static final String GET = "GET /a HTTP/1.1\r\nHost: www.example.com\r\nConnection: close\r\n\r\n";

    @TempDir
    Path directory;

    private Stage stage;

    private void stage(Listener.ProxyProtocol protocol, int most, String... trusted) {
        SamplePlan plan = SamplePlan.plan();
        plan.listener = new Listener(Listener.Http2.OVER_TLS, protocol, most);
        plan.trustedProxies = List.of(trusted);
        stage = new Stage(directory, plan);
    }

    @AfterEach
    void stop() throws Exception {
        stage.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), stage.proxy.port());
        socket.setSoTimeout(30_000);
        return socket;
    }

    private String exchange(byte... bytes) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(bytes);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (java.net.SocketException reset) {
            return "";
        }
    }

    private String exchange(String text) throws IOException {
        return exchange(text.getBytes(StandardCharsets.US_ASCII));
    }

    private long turnedAway(TurnedAway why) {
        return stage.proxy.dataplane().doorCounters().turnedAway(why);
    }

    @Test
    @DisplayName("E23: PROXY protocol version 1 from a trusted peer names the client")
    void shouldTakeVersionOne() throws Exception {
        stage(Listener.ProxyProtocol.FROM_TRUSTED, 100, "127.0.0.0/8");

        String answer = exchange("PROXY TCP4 203.0.113.9 10.0.0.1 4711 80\r\n" + GET);

        assertThat(answer).startsWith("HTTP/1.1 200");
        assertThat(stage.origin.lastSeen().header("X-Forwarded-For")).isEqualTo("203.0.113.9");
        await().until(() -> stage.proxy.log().contains("203.0.113.9"));
    }

    @Test
    @DisplayName("E23: PROXY protocol version 2, IPv4, IPv6 and LOCAL")
    void shouldTakeVersionTwo() throws Exception {
        stage(Listener.ProxyProtocol.FROM_TRUSTED, 100, "127.0.0.0/8");

        assertThat(exchange(two("21", "11", "cb00710a" + "0a000001" + "12670050")))
                .startsWith("HTTP/1.1 200");
        String four = stage.origin.lastSeen().header("X-Forwarded-For");
        String v6 = "20010db8000000000000000000000007" + "00".repeat(15) + "01" + "12670050";
        assertThat(exchange(two("21", "21", v6))).startsWith("HTTP/1.1 200");
        assertThat(exchange(two("20", "00", ""))).startsWith("HTTP/1.1 200");

        assertThat(four).isEqualTo("203.0.113.10");
        await().untilAsserted(
                        () -> assertThat(stage.proxy.log()).contains("2001:db8").contains("127.0.0.1"));
    }

    private static byte[] two(String command, String family, String addresses) {
        String header = "0d0a0d0a000d0a515549540a" + command + family + "%04x".formatted(addresses.length() / 2);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(HexFormat.of().parseHex(header + addresses));
        all.writeBytes(GET.getBytes(StandardCharsets.US_ASCII));
        return all.toByteArray();
    }

    @Test
    @DisplayName("E23: a trusted peer without a header, or with a malformed one, is closed and counted")
    void shouldRefuseMalformedHeaders() throws Exception {
        stage(Listener.ProxyProtocol.FROM_TRUSTED, 100, "127.0.0.0/8");

        assertThat(exchange(GET)).isEmpty();
        assertThat(exchange("PROXY TCP4 999.0.113.9 10.0.0.1 4711 80\r\n" + GET))
                .isEmpty();
        assertThat(exchange("PROXY " + "x".repeat(200) + "\r\n" + GET)).isEmpty();
        assertThat(exchange(two("31", "11", "00"))).isEmpty();

        await().untilAsserted(
                        () -> assertThat(turnedAway(TurnedAway.PROXY_HEADER)).isEqualTo(4));
        assertThat(stage.origin.seen()).isEmpty();
    }

    @Test
    @DisplayName("E23: a header from a peer that is not trusted is no request")
    void shouldRefuseHeadersOfStrangers() throws Exception {
        stage(Listener.ProxyProtocol.FROM_TRUSTED, 100, "192.0.2.0/24");

        assertThat(exchange("PROXY TCP4 203.0.113.9 10.0.0.1 4711 80\r\n" + GET))
                .startsWith("HTTP/1.1 ");
        assertThat(stage.origin.seen()).isEmpty();
        assertThat(exchange(GET)).startsWith("HTTP/1.1 200");
        assertThat(stage.origin.lastSeen().header("X-Forwarded-For")).isEqualTo("127.0.0.1");
    }

    @Test
    @DisplayName("E23: unless the policy asks for it nobody is believed")
    void shouldNotSpeakItUnasked() throws Exception {
        stage(Listener.ProxyProtocol.NEVER, 100, "127.0.0.0/8");

        exchange("PROXY TCP4 203.0.113.9 10.0.0.1 4711 80\r\n" + GET);

        assertThat(stage.origin.seen()).isEmpty();
    }

    @Test
    @DisplayName(
            "D5: beyond the limit connections are closed at once; the management port answers, and room is used again")
    void shouldLimitConnections() throws Exception {
        stage(Listener.ProxyProtocol.NEVER, 5);
        await().until(() -> stage.proxy.dataplane().doorCounters().open() == 0);
        List<Socket> open = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            open.add(connect());
        }
        await().until(() -> stage.proxy.dataplane().doorCounters().open() == 5);

        String refused = exchange(GET);
        Received state = stage.operator.get("/v1/state", "Authorization", "Bearer test-token");
        for (Socket one : open) {
            one.close();
        }
        await().until(() -> stage.proxy.dataplane().doorCounters().open() == 0);

        assertThat(refused).isEmpty();
        await().untilAsserted(() -> assertThat(turnedAway(TurnedAway.TOO_MANY)).isEqualTo(1));
        assertThat(state.status()).isEqualTo(200);
        assertThat(exchange(GET)).startsWith("HTTP/1.1 200");
    }

    @Test
    @DisplayName("F5: draining closes the door, and what came in before is served")
    void shouldCloseTheDoor() throws Exception {
        stage(Listener.ProxyProtocol.NEVER, 100);
        try (Socket early = connect()) {
            stage.proxy.dataplane().closeDoor();
            await().untilAsserted(() -> assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class));

            early.getOutputStream().write(GET.getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(early.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 200");
        }
    }
}
