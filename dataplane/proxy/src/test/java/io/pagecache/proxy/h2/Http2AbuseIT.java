package io.pagecache.proxy.h2;

import static io.pagecache.proxy.actors.RawHttp2.CONTINUATION;
import static io.pagecache.proxy.actors.RawHttp2.DATA;
import static io.pagecache.proxy.actors.RawHttp2.END_HEADERS;
import static io.pagecache.proxy.actors.RawHttp2.END_STREAM;
import static io.pagecache.proxy.actors.RawHttp2.GOAWAY;
import static io.pagecache.proxy.actors.RawHttp2.HEADERS;
import static io.pagecache.proxy.actors.RawHttp2.PING;
import static io.pagecache.proxy.actors.RawHttp2.PRIORITY;
import static io.pagecache.proxy.actors.RawHttp2.RST_STREAM;
import static io.pagecache.proxy.actors.RawHttp2.SETTINGS;
import static io.pagecache.proxy.actors.RawHttp2.WINDOW_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http2.Http2Error;
import io.pagecache.plan.Listener;
import io.pagecache.proxy.actors.RawHttp2;
import io.pagecache.proxy.actors.RawHttp2.Frame;
import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.ScriptedOrigin.Gate;
import io.pagecache.proxy.actors.Stage;
import io.pagecache.proxy.actors.Visitor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** HTTP/2 as attackers speak it. */
@Timeout(120)
class Http2AbuseIT {
    private static final byte[] NOTHING = {};

    @TempDir
    Path directory;

    private Stage stage;

    @BeforeEach
    void start() {
        SamplePlan plan = SamplePlan.plan();
        plan.listener = new Listener(Listener.Http2.ALWAYS, Listener.ProxyProtocol.NEVER, 1000);
        stage = new Stage(directory, plan);
    }

    @AfterEach
    void stop() throws Exception {
        stage.close();
    }

    private RawHttp2 connect() throws IOException {
        return new RawHttp2(stage.proxy.port());
    }

    private static String[] with(String... more) {
        String[] fields = {":method", "GET", ":scheme", "http", ":path", "/bad", ":authority", "www.example.com"};
        String[] all = java.util.Arrays.copyOf(fields, fields.length + more.length);
        System.arraycopy(more, 0, all, fields.length, more.length);
        return all;
    }

    static Stream<List<String>> smuggling() {
        return Stream.of(new String[][] {
                    with("x", "a\rb"),
                    with("x", "a\nb"),
                    with("x", "a\0b"),
                    with("x", "a\r\nHost: evil"),
                    with("X-Upper", "a"),
                    with("x:y", "a"),
                    with("x y", "a"),
                    with("x\ry", "a"),
                    with("", "a"),
                    with("connection", "close"),
                    with("keep-alive", "1"),
                    with("transfer-encoding", "chunked"),
                    with("upgrade", "h2c"),
                    with("te", "gzip"),
                    with("content_length", "5"),
                })
                .map(List::of);
    }

    static Stream<List<String>> pseudoFields() {
        return Stream.of(new String[][] {
                    {":scheme", "http", ":path", "/bad", ":authority", "a"},
                    {":method", "GET", ":path", "/bad", ":authority", "a"},
                    {":method", "GET", ":scheme", "http", ":authority", "a"},
                    with(":path", "/again"),
                    with("x", "y", ":path", "/late"),
                    with(":unknown", "a"),
                    with(":status", "200"),
                    with("host", "other.example.com"),
                    {":method", "GET", ":scheme", "http", ":path", "", ":authority", "a"},
                    {":method", "GET /bad HTTP/1.1\r\nx:", ":scheme", "http", ":path", "/bad", ":authority", "a"},
                    {":method", "G T", ":scheme", "http", ":path", "/bad", ":authority", "a"},
                    {":method", "GET", ":scheme", "http", ":path", "/bad x", ":authority", "a"},
                    {":method", "GET", ":scheme", "http", ":path", "/bad", ":authority", "a@b"},
                })
                .map(List::of);
    }

    @ParameterizedTest
    @DisplayName("C1: fields that would mean something else in HTTP/1 end their stream, and nothing is forwarded")
    @MethodSource("smuggling")
    void shouldResetWhatCannotBeHandedOn(List<String> fields) throws Exception {
        shouldReset(fields.toArray(String[]::new));
    }

    @ParameterizedTest
    @DisplayName("C2: pseudo-fields that are missing, repeated, late, unknown, or contradict")
    @MethodSource("pseudoFields")
    void shouldResetBadPseudoFields(List<String> fields) throws Exception {
        shouldReset(fields.toArray(String[]::new));
    }

    private void shouldReset(String... fields) throws Exception {
        try (RawHttp2 client = connect()) {
            client.send(HEADERS, END_STREAM | END_HEADERS, 1, RawHttp2.block(fields));

            Frame answer = client.next(RST_STREAM, GOAWAY, HEADERS);

            boolean refusedWithStatus = answer != null && answer.type() == HEADERS;
            assertThat(refusedWithStatus && isSuccess(answer)).isFalse();
            assertThat(stage.origin.seen()).isEmpty();
        }
    }

    /** Static table: 0x88 is {@code :status: 200} (RFC 7541 appendix A). */
    private static boolean isSuccess(Frame headers) {
        return headers.payload()[0] == (byte) 0x88;
    }

    @Test
    @DisplayName("C1: a body of another length than announced")
    void shouldResetABodyOfAnotherLength() throws Exception {
        try (RawHttp2 client = connect()) {
            client.send(
                    HEADERS,
                    END_HEADERS,
                    1,
                    RawHttp2.block(
                            ":method",
                            "POST",
                            ":scheme",
                            "http",
                            ":path",
                            "/b",
                            ":authority",
                            "a",
                            "content-length",
                            "9"));
            client.send(DATA, END_STREAM, 1, "four".getBytes(StandardCharsets.US_ASCII));

            assertThat(client.next(RST_STREAM, GOAWAY).error()).isEqualTo((int) Http2Error.PROTOCOL_ERROR.code());
        }
    }

    @Test
    @DisplayName("C3: rapid reset (CVE-2023-44487)")
    void shouldEndRapidResets() throws Exception {
        Visitor other = Visitor.byHttp2(stage.vertx, stage.proxy.port());
        other.get("/a");
        try (RawHttp2 client = connect()) {
            client.flood(400, round -> {
                int stream = 1 + 2 * round;
                client.send(HEADERS, END_STREAM | END_HEADERS, stream, RawHttp2.get("/a"));
                client.send(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
            });

            expectCalm(client);
        }
        assertThat(other.get("/a").cacheStatus()).contains("hit");
    }

    @Test
    @DisplayName("C4: resets that we are made to send (CVE-2025-8671)")
    void shouldCountItsOwnResets() throws Exception {
        Gate gate = stage.origin.answersWhenOpen("/held");
        try (RawHttp2 client = connect()) {
            client.flood(400, round -> {
                int stream = 1 + 2 * round;
                client.send(HEADERS, END_STREAM | END_HEADERS, stream, RawHttp2.get("/held"));
                client.send(WINDOW_UPDATE, 0, stream, new byte[4]);
            });

            expectCalm(client);
        } finally {
            gate.open();
        }
    }

    private static void expectCalm(RawHttp2 client) throws IOException {
        Frame goAway = client.next(GOAWAY);
        if (goAway != null) { // else the reset of the connection overtook it
            assertThat(goAway.error()).isEqualTo((int) Http2Error.ENHANCE_YOUR_CALM.code());
            assertThat(client.next(GOAWAY)).isNull();
        }
    }

    @Test
    @DisplayName("C5: header blocks in small pieces (CVE-2026-33871)")
    void shouldEndSmallContinuations() throws Exception {
        try (RawHttp2 client = connect()) {
            client.send(HEADERS, END_STREAM, 1, RawHttp2.get("/a"));
            client.flood(40, round -> client.send(CONTINUATION, 0, 1, NOTHING));

            expectCalm(client);
        }
        assertThat(stage.origin.seen()).isEmpty();
    }

    @Test
    @DisplayName("C6: floods of SETTINGS, PING, PRIORITY, WINDOW_UPDATE, unknown and empty frames")
    void shouldEndFloods() throws Exception {
        flood(100, (client, round) -> client.send(SETTINGS, 0, 0, NOTHING));
        flood(200, (client, round) -> client.send(PING, 0, 0, new byte[8]));
        flood(700, (client, round) -> client.send(PRIORITY, 0, 1001, new byte[] {0, 0, 0, 0, 16}));
        flood(2200, (client, round) -> client.send(WINDOW_UPDATE, 0, 0, new byte[] {0, 0, 0, 1}));
        flood(300, (client, round) -> client.send(0x77, 0, 0, NOTHING));
        flood(200, (client, round) -> {
            if (round == 0) {
                client.send(
                        HEADERS,
                        END_HEADERS,
                        1,
                        RawHttp2.block(":method", "POST", ":scheme", "http", ":path", "/b", ":authority", "a"));
            }
            client.send(DATA, 0, 1, NOTHING);
        });

        Http2Counters counters = stage.proxy.dataplane().http2Counters();
        assertThat(counters.goAways(Http2Error.ENHANCE_YOUR_CALM)).isEqualTo(6);
        assertThat(counters.floods(FrameType.PING)).isEqualTo(1);
    }

    private interface Round {
        void send(RawHttp2 client, int round) throws IOException;
    }

    private void flood(int times, Round one) throws Exception {
        try (RawHttp2 client = connect()) {
            client.flood(times, round -> one.send(client, round));

            expectCalm(client);
        }
    }

    @Test
    @DisplayName("C7: more fields than may be, as soon as they are unpacked")
    void shouldRefuseLongHeaderLists() throws Exception {
        String[] fields = with(new String[80]);
        for (int i = 8; i < fields.length; i += 2) {
            fields[i] = "x" + i;
            fields[i + 1] = "y".repeat(1000);
        }
        byte[] block = RawHttp2.block(fields);
        try (RawHttp2 client = connect()) {
            client.send(HEADERS, END_STREAM, 1, java.util.Arrays.copyOf(block, 16_000));
            client.flood(
                    1, round -> client.send(CONTINUATION, 0, 1, java.util.Arrays.copyOfRange(block, 16_000, 32_000)));
            client.flood(
                    1,
                    round -> client.send(
                            CONTINUATION, END_HEADERS, 1, java.util.Arrays.copyOfRange(block, 32_000, block.length)));

            Frame answer = client.next(RST_STREAM, GOAWAY, HEADERS);

            assertThat(answer == null || answer.type() != HEADERS || !isSuccess(answer))
                    .isTrue();
        }
        assertThat(stage.origin.seen()).isEmpty();
    }

    @Test
    @DisplayName("C9: no more than 100 streams at a time")
    void shouldRefuseTheHundredAndFirstStream() throws Exception {
        Gate gate = stage.origin.answersWhenOpen("/held");
        try (RawHttp2 client = connect()) {
            assertThat(client.next(SETTINGS)).isNotNull();
            client.send(SETTINGS, 1, 0, NOTHING);
            for (int i = 0; i < 101; i++) {
                client.send(HEADERS, END_STREAM | END_HEADERS, 1 + 2 * i, RawHttp2.get("/held"));
            }

            Frame refused = client.next(RST_STREAM, GOAWAY);

            assertThat(refused.stream()).isEqualTo(201);
            assertThat(refused.error()).isEqualTo((int) Http2Error.REFUSED_STREAM.code());
        } finally {
            gate.open();
        }
    }

    @Test
    @DisplayName("C9: HTTP/2 in clear text is not spoken unless the policy asks for it")
    void shouldNotSpeakItUnasked() throws Exception {
        SamplePlan usual = SamplePlan.plan();
        usual.originPort = stage.origin.port();
        usual.revision = "usual";
        stage.proxy.write(usual);
        org.awaitility.Awaitility.await().until(() -> stage.proxy.revision().equals("usual"));

        try (java.net.Socket client =
                new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), stage.proxy.port())) {
            client.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(answer).startsWith("HTTP/1.1 505 ");
        }
    }

    @Test
    void shouldJoinCookiesAndKeepTheAuthority() throws Exception {
        stage.origin.answers("/c", "c", "Cache-Control", "no-store");
        Visitor visitor = Visitor.byHttp2(stage.vertx, stage.proxy.port());

        visitor.get("/c", "X-Some", "thing");

        assertThat(stage.origin.lastSeen().header("Host")).isEqualTo("127.0.0.1:" + stage.proxy.port());
        assertThat(stage.origin.lastSeen().header("X-Some")).isEqualTo("thing");
    }

    @Test
    void shouldPassBodiesBothWays() {
        stage.origin.on(
                "/echo",
                request -> request.body().onSuccess(body -> request.response().end(body)));
        Visitor visitor = Visitor.byHttp2(stage.vertx, stage.proxy.port());

        assertThat(visitor.post("/echo", "x".repeat(200_000)).text()).hasSize(200_000);
    }

    @Test
    @DisplayName("F5: GOAWAY while leaving, after what is under way")
    void shouldSayGoAwayWhenLeaving() throws Exception {
        try (RawHttp2 client = connect()) {
            client.send(HEADERS, END_STREAM | END_HEADERS, 1, RawHttp2.get("/a"));
            assertThat(client.next(DATA)).isNotNull();

            stage.proxy.dataplane().underWay().leave();

            assertThat(client.next(GOAWAY).error()).isZero();
            assertThat(client.next(GOAWAY)).isNull();
        }
    }
}
