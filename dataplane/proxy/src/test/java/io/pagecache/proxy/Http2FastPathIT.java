package io.pagecache.proxy;

import static io.pagecache.proxy.actors.RawHttp2.DATA;
import static io.pagecache.proxy.actors.RawHttp2.END_HEADERS;
import static io.pagecache.proxy.actors.RawHttp2.END_STREAM;
import static io.pagecache.proxy.actors.RawHttp2.HEADERS;
import static io.pagecache.proxy.actors.RawHttp2.RST_STREAM;
import static io.pagecache.proxy.actors.RawHttp2.SETTINGS;
import static io.pagecache.proxy.actors.RawHttp2.WINDOW_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.plan.AccessLog;
import io.pagecache.plan.Listener;
import io.pagecache.proxy.actors.RawHttp2;
import io.pagecache.proxy.actors.RawHttp2.Frame;
import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.Stage;
import io.pagecache.proxy.actors.Sync;
import io.pagecache.proxy.actors.Visitor;
import io.pagecache.proxy.actors.Visitor.Received;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast path of HTTP/2 must answer what the full chain would, and keep to the protocol while it goes past the library. */
class Http2FastPathIT {
    private static final int REQUESTS = 1000;
    private static final AccessLog OFF = new AccessLog(AccessLog.Mode.OFF, 0);
    private static final String LARGE = "0123456789abcdef".repeat(100_000 / 16);

    @TempDir
    Path directory;

    private static SamplePlan overClearText(SamplePlan plan) {
        plan.listener = new Listener(Listener.Http2.ALWAYS, Listener.ProxyProtocol.NEVER, 1000);
        return plan;
    }

    private Stage stage() {
        SamplePlan plan = overClearText(SamplePlan.plan());
        plan.accessLog = OFF;
        return new Stage(directory, plan);
    }

    @ParameterizedTest
    @EnumSource(GeneratedRequest.Policy.class)
    @DisplayName("Differential: generated requests, both paths, the same fields and bodies")
    void shouldAnswerLikeTheFullChain(GeneratedRequest.Policy policy) throws Exception {
        // A proxy that logs everything sends everything through the full chain.
        Path other = Files.createDirectory(directory.resolve("other"));
        try (Stage fast = new Stage(directory, overClearText(policy.plan(OFF)));
                Stage full = new Stage(other, overClearText(policy.plan(new AccessLog(AccessLog.Mode.ALL, 1))))) {
            GeneratedRequest.script(fast.origin);
            GeneratedRequest.script(full.origin);
            Visitor one = Visitor.byHttp2(fast.vertx, fast.proxy.port());
            Visitor two = Visitor.byHttp2(full.vertx, full.proxy.port());
            Random random = new Random(policy.ordinal());

            for (int i = 0; i < REQUESTS; i++) {
                GeneratedRequest request = GeneratedRequest.of(random);
                for (int again = 0; again < 4; again++) {
                    assertThat(answer(one, request))
                            .as("%d/%d %s", i, again, request)
                            .isEqualTo(answer(two, request));
                }
                if (random.nextInt(10) == 0) {
                    Duration pause = Duration.ofMillis(random.nextInt(4000));
                    fast.proxy.clock.advance(pause);
                    full.proxy.clock.advance(pause);
                }
            }

            assertThat(fastAnswers(fast)).isGreaterThan(REQUESTS / 4);
            assertThat(fastAnswers(full)).isZero();
            assertThat(fast.proxy.dataplane().stats().hits())
                    .isEqualTo(full.proxy.dataplane().stats().hits());
        }
    }

    private static String answer(Visitor visitor, GeneratedRequest request) {
        Received reply = Sync.get(visitor.asksOf(
                request.host(),
                request.method(),
                request.target(),
                request.fields().toArray(String[]::new)));
        Map<String, List<String>> fields = new TreeMap<>();
        reply.headers().names().forEach(name -> fields.put(name, reply.headers().getAll(name)));
        return reply.status() + " " + fields + "\n" + reply.text();
    }

    private static long fastAnswers(Stage stage) {
        return stage.proxy.dataplane().frontCounters().fastAnswers();
    }

    /** Makes a page hot on this client's event loop, and the clock stand in the middle of a second; the octets that came meanwhile. */
    private static int heat(Stage stage, RawHttp2 client, String path) throws IOException {
        stage.proxy.clock.advance(Duration.ofMillis(300));
        int octets = 0;
        for (int stream = 1; fastAnswers(stage) == 0; stream += 2) {
            client.send(HEADERS, END_STREAM | END_HEADERS, stream, RawHttp2.get(path));
            octets += body(client, stream);
        }
        return octets;
    }

    /** Octets of the body on this stream, for which the client's windows are large enough. */
    private static int body(RawHttp2 client, int stream) throws IOException {
        int octets = 0;
        Frame frame;
        do {
            frame = client.next(HEADERS, DATA, RST_STREAM);
            assertThat(frame).isNotNull();
            assertThat(frame.type()).isNotEqualTo(RST_STREAM);
            if (frame.stream() == stream && frame.type() == DATA) {
                octets += frame.payload().length;
            }
        } while (frame.stream() != stream || (frame.flags() & END_STREAM) == 0);
        return octets;
    }

    @Test
    @DisplayName("RFC 9113 section 4.2: a body longer than a frame comes in several")
    void shouldCutLongBodiesIntoFrames() throws Exception {
        try (Stage stage = stage()) {
            stage.origin.answers("/large", LARGE, "Cache-Control", "max-age=60");
            Visitor visitor = Visitor.byHttp2(stage.vertx, stage.proxy.port());
            stage.proxy.clock.advance(Duration.ofMillis(300));

            for (int i = 0; i < 10; i++) {
                assertThat(visitor.get("/large").text()).isEqualTo(LARGE);
            }

            assertThat(fastAnswers(stage)).isPositive();
        }
    }

    @Test
    @DisplayName("RFC 9113 section 5.2: no more is sent than the client's windows allow, and the rest when they open")
    void shouldKeepToTheWindows() throws Exception {
        byte[] smallWindow = {0, 4, 0, 0, 0, 100};
        try (Stage stage = stage();
                RawHttp2 client = new RawHttp2(stage.proxy.port())) {
            stage.origin.answers("/a", "x".repeat(1000), "Cache-Control", "max-age=60");
            heat(stage, client, "/a");
            client.send(SETTINGS, 0, 0, smallWindow);
            long before = fastAnswers(stage);

            for (int stream = 1001; stream < 1007; stream += 2) {
                client.send(HEADERS, END_STREAM | END_HEADERS, stream, RawHttp2.get("/a"));
                Frame first = client.next(DATA);
                client.send(WINDOW_UPDATE, 0, stream, (byte) 0, (byte) 0, (byte) 3, (byte) 0xff);
                int rest = body(client, stream);

                assertThat(first.payload()).hasSize(100);
                assertThat(rest).isEqualTo(900);
            }
            assertThat(fastAnswers(stage)).isEqualTo(before + 3);
        }
    }

    @Test
    @DisplayName("RFC 9113 section 5.2: the connection's window counts what was sent past the library")
    void shouldCountWhatItSends() throws Exception {
        try (Stage stage = stage();
                RawHttp2 client = new RawHttp2(stage.proxy.port())) {
            stage.origin.answers("/a", "x".repeat(10_000), "Cache-Control", "max-age=60");
            int window = 65_535 - heat(stage, client, "/a");
            int asked = 10;

            for (int i = 0; i < asked; i++) {
                client.send(HEADERS, END_STREAM | END_HEADERS, 1001 + 2 * i, RawHttp2.get("/a"));
            }
            int got = 0;
            while (got < window) {
                got += client.next(DATA).payload().length;
            }
            client.send(WINDOW_UPDATE, 0, 0, (byte) 0, (byte) 1, (byte) 0, (byte) 0);
            int later = 0;
            while (later < asked * 10_000 - window) {
                later += client.next(DATA).payload().length;
            }

            assertThat(fastAnswers(stage)).isEqualTo(asked + 1);
            assertThat(got).isEqualTo(window);
            assertThat(later).isEqualTo(asked * 10_000 - window);
        }
    }

    @Test
    @DisplayName("RFC 7541 section 4.2: a smaller header table is confirmed in the next header block")
    void shouldConfirmASmallerTable() throws Exception {
        byte[] noTable = {0, 1, 0, 0, 0, 0};
        try (Stage stage = stage();
                RawHttp2 client = new RawHttp2(stage.proxy.port())) {
            stage.origin.answers("/a", "a", "Cache-Control", "max-age=60");
            heat(stage, client, "/a");

            client.send(SETTINGS, 0, 0, noTable);
            client.send(HEADERS, END_STREAM | END_HEADERS, 1001, RawHttp2.get("/a"));
            Frame next = client.next(HEADERS);
            client.send(HEADERS, END_STREAM | END_HEADERS, 1003, RawHttp2.get("/a"));
            Frame later = client.next(HEADERS);

            int sizeUpdate = 0x20;
            assertThat(next.payload()[0]).isEqualTo((byte) sizeUpdate);
            assertThat(later.payload()[0] & 0xe0).isNotEqualTo(sizeUpdate);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"user-agent:a\u0001b", "referer: blank first", "connection:close", "keep-alive:5"})
    @DisplayName("RFC 9113 section 8.2: a malformed request for a hot page is refused, as it is for any other")
    void shouldRefuseMalformedRequests(String field) throws Exception {
        try (Stage stage = stage();
                RawHttp2 client = new RawHttp2(stage.proxy.port())) {
            stage.origin.answers("/a", "a", "Cache-Control", "max-age=60");
            heat(stage, client, "/a");
            long before = fastAnswers(stage);
            String[] parts = field.split(":", 2);

            client.send(
                    HEADERS,
                    END_STREAM | END_HEADERS,
                    1001,
                    RawHttp2.block(
                            ":method",
                            "GET",
                            ":scheme",
                            "http",
                            ":path",
                            "/a",
                            ":authority",
                            "www.example.com",
                            parts[0],
                            parts[1]));
            Frame refusal = client.next(RST_STREAM, HEADERS);

            assertThat(refusal.type()).isEqualTo(RST_STREAM);
            assertThat(fastAnswers(stage)).isEqualTo(before);
        }
    }

    @Test
    @DisplayName("RFC 9113 section 8.1: trailers that look like a request for a hot page are none")
    void shouldNotTakeTrailersForARequest() throws Exception {
        try (Stage stage = stage();
                RawHttp2 client = new RawHttp2(stage.proxy.port())) {
            stage.origin.answers("/a", "a", "Cache-Control", "max-age=60");
            heat(stage, client, "/a");
            long before = fastAnswers(stage);
            byte[] post = RawHttp2.block(
                    ":method", "POST", ":scheme", "http", ":path", "/form", ":authority", "www.example.com");

            client.send(HEADERS, END_HEADERS, 1001, post);
            client.send(HEADERS, END_STREAM | END_HEADERS, 1001, RawHttp2.get("/a"));
            client.next(RST_STREAM, HEADERS, RawHttp2.GOAWAY);

            assertThat(fastAnswers(stage)).isEqualTo(before);
        }
    }

    @Test
    @DisplayName("A purge is obeyed at once, in the same second")
    void shouldNotRepeatWhatWasPurged() throws Exception {
        try (Stage stage = stage()) {
            Visitor visitor = Visitor.byHttp2(stage.vertx, stage.proxy.port());
            visitor.get("/a");
            stage.proxy.clock.advance(Duration.ofMillis(300));
            for (int i = 0; i < 5; i++) {
                visitor.get("/a");
            }
            long before = fastAnswers(stage);

            visitor.post("/a", "x=1");
            Received after = visitor.get("/a");

            assertThat(before).isPositive();
            assertThat(after.cacheStatus()).contains("fwd=uri-miss");
        }
    }
}
