package io.pagecache.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.plan.AccessLog;
import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.Stage;
import io.pagecache.proxy.actors.Visitor.Received;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The fast path must answer what the full chain would, octet for octet. */
class FastPathIT {
    private static final int REQUESTS = 1500;
    private static final AccessLog OFF = new AccessLog(AccessLog.Mode.OFF, 0);

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(GeneratedRequest.Policy.class)
    @DisplayName("Differential: generated requests, both paths, the same octets")
    void shouldAnswerLikeTheFullChain(GeneratedRequest.Policy policy) throws Exception {
        // A proxy that logs everything sends everything through the full chain.
        Path other = Files.createDirectory(directory.resolve("other"));
        try (Stage fast = new Stage(directory, policy.plan(OFF));
                Stage full = new Stage(other, policy.plan(new AccessLog(AccessLog.Mode.ALL, 1)));
                Wire one = new Wire(fast.proxy.port());
                Wire two = new Wire(full.proxy.port())) {
            GeneratedRequest.script(fast.origin);
            GeneratedRequest.script(full.origin);
            Random random = new Random(policy.ordinal());

            for (int i = 0; i < REQUESTS; i++) {
                String request = GeneratedRequest.of(random).asHttp1();
                for (int again = 0; again < 4; again++) {
                    assertThat(one.ask(request))
                            .as("%d/%d %s", i, again, request)
                            .isEqualTo(two.ask(request));
                }
                if (random.nextInt(10) == 0) {
                    Duration pause = Duration.ofMillis(random.nextInt(4000));
                    fast.proxy.clock.advance(pause);
                    full.proxy.clock.advance(pause);
                }
            }

            assertThat(fast.proxy.dataplane().frontCounters().fastAnswers()).isGreaterThan(REQUESTS / 4);
            assertThat(full.proxy.dataplane().frontCounters().fastAnswers()).isZero();
            assertThat(fast.proxy.dataplane().stats().hits())
                    .isEqualTo(full.proxy.dataplane().stats().hits());
        }
    }

    @Test
    @DisplayName("A hit takes the fast path, and counts like any other")
    void shouldTakeTheFastPathForHits() throws Exception {
        SamplePlan plan = SamplePlan.plan();
        plan.accessLog = OFF;
        try (Stage stage = new Stage(directory, plan);
                Wire wire = new Wire(stage.proxy.port())) {
            stage.visitor.get("/a");
            stage.proxy.clock.advance(Duration.ofMillis(300));

            for (int i = 0; i < 10; i++) {
                wire.ask("GET /a HTTP/1.1\r\nHost: 127.0.0.1:" + stage.proxy.port() + "\r\n\r\n");
            }

            assertThat(stage.proxy.dataplane().frontCounters().fastAnswers()).isEqualTo(8);
            assertThat(stage.proxy.dataplane().stats().hits()).isEqualTo(10);
        }
    }

    @Test
    @DisplayName("A purge is obeyed at once, in the same second")
    void shouldNotRepeatWhatWasPurgedOrReplaced() throws Exception {
        SamplePlan plan = SamplePlan.plan();
        plan.accessLog = OFF;
        try (Stage stage = new Stage(directory, plan);
                Wire wire = new Wire(stage.proxy.port())) {
            String get = "GET /a HTTP/1.1\r\nHost: 127.0.0.1:" + stage.proxy.port() + "\r\n\r\n";
            stage.visitor.get("/a");
            stage.proxy.clock.advance(Duration.ofMillis(300));
            for (int i = 0; i < 5; i++) {
                wire.ask(get);
            }
            long before = stage.proxy.dataplane().frontCounters().fastAnswers();

            stage.visitor.post("/a", "x=1");
            String after = wire.ask(get);

            assertThat(before).isPositive();
            assertThat(after).contains("fwd=uri-miss");
        }
    }

    @Test
    void shouldFollowTheNextPlanAtOnce() throws Exception {
        SamplePlan plan = SamplePlan.plan();
        plan.accessLog = OFF;
        try (Stage stage = new Stage(directory, plan);
                Wire wire = new Wire(stage.proxy.port())) {
            String get = "GET /a HTTP/1.1\r\nHost: 127.0.0.1:" + stage.proxy.port() + "\r\n\r\n";
            stage.visitor.get("/a");
            stage.proxy.clock.advance(Duration.ofMillis(300));
            for (int i = 0; i < 5; i++) {
                wire.ask(get);
            }

            plan.revision = "r2";
            plan.hosts = List.of("www.example.com");
            stage.proxy.write(plan);
            Awaitility.await().until(() -> stage.proxy.revision().equals("r2"));
            Received direct = stage.visitor.get("/a");

            assertThat(direct.status()).isEqualTo(421);
            assertThat(wire.ask(get)).startsWith("HTTP/1.1 421");
        }
    }

    /** One connection, read by hand. */
    private static final class Wire implements AutoCloseable {
        private final int port;
        private Socket socket;
        private InputStream in;

        Wire(int port) throws IOException {
            this.port = port;
            connect();
        }

        private void connect() throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
        }

        /** The answer with its head, as text. */
        String ask(String request) throws IOException {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String head = readUntil("\r\n\r\n");
            String lower = head.toLowerCase(java.util.Locale.ROOT);
            boolean empty = request.startsWith("HEAD") || head.startsWith("HTTP/1.1 304");
            String body = "";
            if (!empty && lower.contains("transfer-encoding: chunked")) {
                body = readUntil("0\r\n\r\n");
            } else if (!empty) {
                int at = lower.indexOf("content-length: ") + "content-length: ".length();
                int length = Integer.parseInt(lower.substring(at, lower.indexOf('\r', at)));
                body = new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
            }
            if (lower.contains("connection: close")) {
                socket.close();
                connect();
            }
            return head + body;
        }

        private String readUntil(String end) throws IOException {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            while (!text.toString(StandardCharsets.ISO_8859_1).endsWith(end)) {
                int octet = in.read();
                if (octet < 0) {
                    throw new IOException("connection closed after: " + text);
                }
                text.write(octet);
            }
            return text.toString(StandardCharsets.ISO_8859_1);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
