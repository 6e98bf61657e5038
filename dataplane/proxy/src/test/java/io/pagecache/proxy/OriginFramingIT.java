package io.pagecache.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pagecache.proxy.actors.RawVisitor;
import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.Stage;
import io.pagecache.proxy.actors.Visitor.Received;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("HARDENING B1-B8 on the wire: an origin that does not keep to HTTP")
class OriginFramingIT {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nCache-Control: max-age=60\r\n\r\nok";

    @TempDir
    Path directory;

    private Stage stage;

    @BeforeEach
    void open() {
        stage = Stage.raw(directory, SamplePlan.bare());
    }

    @AfterEach
    void close() throws Exception {
        stage.close();
    }

    private double refused(String fault) {
        return stage.proxy
                .meters
                .get("pagecache.origin.answers.refused")
                .tag("fault", fault)
                .counter()
                .count();
    }

    @Test
    @DisplayName("a proper answer on a kept connection")
    void shouldKeepTheConnectionAfterAProperAnswer() {
        stage.raw.answers(OK);

        assertThat(stage.visitor.get("/a").text()).isEqualTo("ok");
        assertThat(stage.visitor.get("/b").text()).isEqualTo("ok");
        assertThat(stage.raw.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @DisplayName(
            "B3, B7: an answer that can be read in two ways, or in none, is a 502, its connection closed, nothing stored")
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n2\r\nok\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: 0x2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: xchunked\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
                "HTTP/2.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 20 OK\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 2000 OK\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 099 OK\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 600 OK\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 2x0 OK\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1  200 OK\r\nContent-Length: 2\r\n\r\nok",
                "ICY 200 OK\r\nContent-Length: 2\r\n\r\nok",
                "\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\nContent-Length: 2\n\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\n\r\nok",
                "HTTP/1.1 200 OK\r\nX: a\r\n b\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nX : a\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nX\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\n: a\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nX(: a\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nX: a\rb\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nX: a\u0001b\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nX: a\u007fb\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n"
            })
    void shouldRefuseBrokenAnswers(String answer) {
        stage.raw.answers(answer);

        Received broken = stage.visitor.get("/a");

        assertThat(broken.status()).isEqualTo(502);
        assertThat(broken.cacheStatus()).contains("origin-broken-answer");
        await().until(() -> stage.raw.openConnections() == 0);
        stage.raw.answers(OK);
        assertThat(stage.visitor.get("/a").text()).isEqualTo("ok");
        assertThat(stage.raw.received()).hasSize(2);
    }

    @ParameterizedTest
    @DisplayName("B4: a body where there is none, or more than was announced, is not stored and ends the connection")
    @ValueSource(
            strings = {
                "HTTP/1.1 204 No Content\r\nCache-Control: max-age=60\r\n\r\nbody",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nCache-Control: max-age=60\r\n\r\nokHTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nCache-Control: max-age=60\r\n\r\n2\r\nok\r\n0\r\n\r\nmore"
            })
    void shouldNotStoreAnAnswerWithMoreThanItHas(String answer) throws Exception {
        stage.raw.answers(answer);
        try (RawVisitor visitor = new RawVisitor(stage.proxy.port())) {
            visitor.sends("GET /a HTTP/1.1\r\nHost: h\r\n\r\n");
            await().until(() -> refused("extra_bytes") == 1);
        }
        await().until(() -> stage.raw.openConnections() == 0);

        stage.raw.answers(OK);

        assertThat(stage.visitor.get("/a").text()).isEqualTo("ok");
    }

    @Test
    @DisplayName("B2: bytes on an idle connection are nobody's answer: it is closed")
    void shouldCloseAnIdleConnectionThatSpeaks() {
        AtomicReference<NetSocket> connection = new AtomicReference<>();
        stage.raw.on((socket, head) -> {
            connection.set(socket);
            socket.write(OK);
        });
        stage.visitor.get("/a");

        connection.get().write("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison");
        await().until(() -> stage.raw.openConnections() == 0);

        assertThat(stage.visitor.get("/b").text()).isEqualTo("ok");
        assertThat(refused("unasked")).isEqualTo(1);
    }

    @ParameterizedTest
    @DisplayName("B5: what breaks off never looks complete and is not stored")
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\nCache-Control: max-age=60\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nCache-Control: max-age=60\r\n\r\n2\r\nok\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nCache-Control: max-age=60\r\n\r\n2\r\nok\r\n0\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nCache-Control: max-age=60\r\n\r\n2\r\nok\r\nxyz\r\n"
            })
    void shouldNotCompleteWhatBreaksOff(String answer) throws Exception {
        stage.raw.answersAndCloses(answer);
        try (RawVisitor visitor = new RawVisitor(stage.proxy.port())) {
            String seen = visitor.sends("GET /a HTTP/1.1\r\nHost: h\r\n\r\n").seesAll();

            assertThat(seen).doesNotEndWith("0\r\n\r\n");
        }

        stage.raw.answers(OK);
        assertThat(stage.visitor.get("/a").text()).isEqualTo("ok");
        assertThat(stage.visitor.get("/a").cacheStatus()).contains("hit");
    }

    @Test
    @DisplayName("B6: sixteen interim answers are passed on, with more the answer is broken")
    void shouldBoundInterimAnswers() throws Exception {
        String hint = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\nConnection: X\r\nX: 1\r\n\r\n";
        stage.raw.answers(hint.repeat(16) + OK);
        try (RawVisitor visitor = new RawVisitor(stage.proxy.port())) {
            String seen = visitor.sends("GET /a HTTP/1.1\r\nHost: h\r\n\r\n").seesUntil("\r\n\r\nok");

            assertThat(seen.split("HTTP/1.1 103", -1)).hasSize(17);
            assertThat(seen).contains("Link: </a.css>; rel=preload").doesNotContain("X: 1");
            assertThat(visitor.sends("GET /a HTTP/1.1\r\nHost: h\r\n\r\n").seesUntil("detail=fresh\r\n"))
                    .contains("hit; ttl=");
        }

        stage.raw.answers(hint.repeat(17) + OK);
        assertThat(stage.visitor.get("/b").status()).isEqualTo(502);
        assertThat(refused("too_many_interims")).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "RFC 9110 section 15.2: any interim status goes on to HTTP/1.1, none to HTTP/1.0, 100 stays here, none is stored")
    void shouldPassInterimAnswersOn() throws Exception {
        stage.raw.answers(
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 199 Soon\r\nX-A: 1\r\n\r\n" + OK);
        try (RawVisitor modern = new RawVisitor(stage.proxy.port());
                RawVisitor old = new RawVisitor(stage.proxy.port())) {
            String seen = modern.sends("GET /a HTTP/1.1\r\nHost: h\r\n\r\n").seesUntil("\r\n\r\nok");
            String seenByOld = old.sends("GET /b HTTP/1.0\r\nHost: h\r\n\r\n").seesAll();

            assertThat(seen).startsWith("HTTP/1.1 102").contains("HTTP/1.1 199").doesNotContain("HTTP/1.1 100");
            assertThat(seen.indexOf("HTTP/1.1 199")).isLessThan(seen.indexOf("HTTP/1.1 200"));
            assertThat(seen.substring(seen.indexOf("HTTP/1.1 200"))).doesNotContain("X-A");
            assertThat(seenByOld).startsWith("HTTP/1.0 200").doesNotContain("HTTP/1.1 1");
        }
        assertThat(stage.visitor.get("/a").headers().contains("X-A")).isFalse();
    }

    @Test
    @DisplayName("B1: an answer before the end of the upload is passed on, and its connection is not used again")
    void shouldNotReuseAConnectionWithHalfARequest() throws Exception {
        stage.raw.on((socket, head) -> {
            if (head.startsWith("POST")) {
                socket.write("HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno");
            } else {
                socket.write(OK);
            }
        });
        try (RawVisitor visitor = new RawVisitor(stage.proxy.port())) {
            String seen = visitor.sends("POST /up HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\nfirst")
                    .seesAll();

            assertThat(seen).startsWith("HTTP/1.1 413").endsWith("no").containsIgnoringCase("connection: close");
        }
        await().until(() -> stage.raw.openConnections() == 0);

        assertThat(stage.visitor.get("/a").text()).isEqualTo("ok");
        assertThat(stage.raw.connections()).isEqualTo(2);
    }

    @Test
    @DisplayName("B1: a client that leaves in the middle of its upload takes the connection to the origin with it")
    void shouldCloseTheConnectionOfAnUploadThatBreaksOff() throws Exception {
        stage.raw.on((socket, head) -> {});
        try (RawVisitor visitor = new RawVisitor(stage.proxy.port())) {
            visitor.sends("POST /up HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\nfirst");
            await().until(() -> stage.raw.received().size() == 1);
        }

        await().until(() -> stage.raw.openConnections() == 0);
    }

    @Test
    @DisplayName("B8: a request is sent again once, and only after a kept connection went away before the first byte")
    void shouldRepeatOnlyWhatNobodyHasAnswered() {
        stage.raw.on((socket, head) -> {
            if (head.startsWith("GET /first")) {
                socket.write(OK);
            } else {
                socket.close();
            }
        });
        assertThat(stage.visitor.get("/fresh").status()).isEqualTo(502);
        assertThat(stage.raw.received()).hasSize(1);

        stage.visitor.get("/first");
        assertThat(stage.visitor.get("/kept").status()).isEqualTo(502);

        assertThat(stage.raw.received())
                .filteredOn(head -> head.startsWith("GET /kept"))
                .hasSize(2);
    }

    @Test
    @DisplayName("B8: never once a byte of an answer has come, and never what is not safe")
    void shouldNotRepeatOtherwise() {
        stage.raw.answers(OK);
        stage.visitor.get("/warm");
        stage.raw.answersAndCloses("HTTP/1.1 2");
        assertThat(stage.visitor.get("/begun").status()).isEqualTo(502);
        assertThat(stage.raw.received())
                .filteredOn(head -> head.startsWith("GET /begun"))
                .hasSize(1);

        stage.raw.answers(OK);
        stage.visitor.get("/warm-again");
        stage.raw.on((socket, head) -> socket.close());
        assertThat(stage.visitor.post("/posted", "x").status()).isEqualTo(502);
        assertThat(stage.raw.received())
                .filteredOn(head -> head.startsWith("POST"))
                .hasSize(1);
    }

    @Test
    @DisplayName(
            "RFC 9110 section 6.5, HARDENING A10: trailers go through both ways but for what frames, routes, authorises or caches")
    void shouldPassTrailersBothWays() throws Exception {
        stage.raw.on((socket, head) -> socket.write(
                Buffer.buffer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n2\r\nok\r\n0\r\n"
                        + "X-Sum: 42\r\nSet-Cookie: a=b\r\nCache-Control: no-store\r\n\r\n")));
        try (RawVisitor visitor = new RawVisitor(stage.proxy.port())) {
            String seen = visitor.sends(
                            "POST /up HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                                    + "5\r\nhello\r\n0\r\nX-Digest: 7\r\nAuthorization: Basic x\r\nX-Forwarded-For: 6.6.6.6\r\n\r\n")
                    .seesUntil("\r\n0\r\nX-Sum: 42\r\n\r\n");

            assertThat(seen).doesNotContain("Set-Cookie", "no-store");
        }
        await().until(() -> stage.raw.received().getFirst().endsWith("\r\n\r\n")
                && stage.raw.received().getFirst().contains("X-Digest: 7"));
        assertThat(stage.raw.received().getFirst()).doesNotContain("Authorization", "6.6.6.6");
    }

    @Test
    @DisplayName("E22, RFC 8586: a request that goes in circles is cut within ten hops")
    void shouldCutLoops() {
        stage.raw.answers(OK);
        String eight = "pagecache, other; x=\"y\", " + "pagecache, ".repeat(6) + "pagecache";

        assertThat(stage.visitor.get("/a", "CDN-Loop", eight).status()).isEqualTo(200);
        assertThat(stage.raw.received().getFirst()).containsIgnoringCase("CDN-Loop: " + eight + ", pagecache");
        assertThat(stage.visitor.get("/b", "CDN-Loop", eight + ", pagecache").status())
                .isEqualTo(508);
        assertThat(stage.visitor
                        .get("/c", "Via", "1.1 pagecache, ".repeat(8) + "1.1 pagecache")
                        .status())
                .isEqualTo(508);
    }
}
