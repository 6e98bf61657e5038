package io.pagecache.proxy.front;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.pagecache.proxy.front.AmbiguousMessages.Message;
import io.pagecache.proxy.front.Deadlines.Overdue;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("seed:T15")
class FrontHandlerTest {
    private static final String GET_A = "GET /a HTTP/1.1\r\nHost: example.com\r\n\r\n";
    private static final String GET_B = "GET /b HTTP/1.1\r\nHost: example.com\r\n\r\n";
    private static final String CHUNKED_POST =
            "POST /p HTTP/1.1\r\nHost: example.com\r\nTransfer-Encoding: chunked\r\n\r\n";

    static List<Message> ambiguous() {
        return AmbiguousMessages.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ambiguous")
    @DisplayName(
            "A1-A18, A20, A21, A23, D6: refused, connection closed, what follows discarded, wherever the input is cut")
    void shouldRefuseWhatIsAmbiguousWhereverItIsCut(Message message) {
        byte[] bytes = (message.text() + GET_B).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        int step = Math.max(1, bytes.length / 60);

        for (int cut = 0; cut < bytes.length; cut += step) {
            try (GuardedChannel guarded = new GuardedChannel()) {
                guarded.send(bytes, 0, cut).send(bytes, cut, bytes.length);

                assertThat(guarded.statuses()).as("cut at %d", cut).containsExactly(message.status());
                assertThat(guarded.served).isEmpty();
                assertThat(guarded.channel.isOpen()).isFalse();
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ambiguous")
    void shouldGiveTheSameVerdictOctetByOctet(Message message) {
        byte[] bytes = message.bytes();

        try (GuardedChannel guarded = new GuardedChannel()) {
            for (int i = 0; i < bytes.length && guarded.channel.isOpen(); i++) {
                guarded.send(bytes, i, i + 1);
            }

            assertThat(guarded.statuses()).containsExactly(message.status());
        }
    }

    @Test
    void shouldCountRefusalsByReason() {
        try (GuardedChannel guarded = new GuardedChannel()) {
            guarded.send("GET / HTTP/1.1\r\n\r\n");

            assertThat(guarded.counters.refusals(Refusal.HOST_MISSING)).isOne();
            assertThat(guarded.answers())
                    .contains(
                            "Cache-Status: Pagecache; detail=host-missing",
                            "Connection: close",
                            "Date: Thu, 01 Jan 1970");
        }
    }

    @Test
    void shouldServePipelinedRequestsInOrderWhereverTheyAreCut() {
        String three = GET_A + CHUNKED_POST + "5;x=\"y\"\r\nhello\r\n0\r\nTrailer: t\r\n\r\n"
                + "POST /q HTTP/1.1\r\nHost: example.com\r\nContent-Length: 5\r\n\r\nworld" + GET_B;
        byte[] bytes = three.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);

        for (int cut = 0; cut < bytes.length; cut++) {
            try (GuardedChannel guarded = new GuardedChannel()) {
                guarded.send(bytes, 0, cut).send(bytes, cut, bytes.length);

                assertThat(guarded.served).as("cut at %d", cut).containsExactly("/a", "/p", "/q", "/b");
                assertThat(guarded.bodies.toString()).isEqualTo("helloworld");
                assertThat(guarded.handedOn).doesNotContain("x=").contains("Trailer: t");
            }
        }
    }

    @Test
    void shouldHoldBackTheNextRequestUntilTheAnswerIsOut() {
        try (GuardedChannel guarded = new GuardedChannel()) {
            guarded.answering = false;
            guarded.send(GET_A + GET_B);
            assertThat(guarded.served).containsExactly("/a");
            assertThat(guarded.channel.config().isAutoRead()).isFalse();

            guarded.answer(HttpResponseStatus.OK, "a");

            assertThat(guarded.served).containsExactly("/a", "/b");
            assertThat(guarded.channel.config().isAutoRead()).isTrue();
        }
    }

    @Test
    void shouldAnswerBeforeItRefusesWhatFollows() {
        try (GuardedChannel guarded = new GuardedChannel()) {
            guarded.send(GET_A + "GET / HTTP/1.1\r\n\r\n" + GET_B);

            assertThat(guarded.served).containsExactly("/a");
            assertThat(guarded.statuses()).containsExactly(200, 400);
        }
    }

    @Test
    @DisplayName("A17: the authority of the target replaces Host")
    void shouldHandOnOriginFormOnly() {
        try (GuardedChannel guarded = new GuardedChannel()) {
            guarded.send("GET http://b.example:81?x HTTP/1.1\r\nA: 1\r\nHost: a.example\r\nX_Y: 2\r\n\r\n");

            assertThat(guarded.handedOn.toString()).isEqualTo("GET /?x HTTP/1.1\r\nHost: b.example:81\r\nA: 1\r\n\r\n");
        }
    }

    @Test
    @DisplayName("A22: an offer of another protocol than WebSocket goes no further")
    void shouldStripUpgradesThatAreNotServed() {
        try (GuardedChannel guarded = new GuardedChannel()) {
            guarded.send("POST / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                    + "HTTP2-Settings: AAMAAABk\r\nContent-Length: 2\r\n\r\nok");

            assertThat(guarded.handedOn.toString()).doesNotContain("h2c", "AAMAAABk");
            assertThat(guarded.served).containsExactly("/");
        }
    }

    @Test
    void shouldStepAsideAfterTheSwitchToWebSocket() {
        try (GuardedChannel guarded = new GuardedChannel()) {
            guarded.answering = false;
            guarded.send("GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nearly");
            guarded.channel.pipeline().remove(io.netty.handler.codec.http.HttpRequestDecoder.class);

            guarded.answer(HttpResponseStatus.SWITCHING_PROTOCOLS, "");
            guarded.send("\0\1\2 anything");

            assertThat(guarded.handedOn.toString()).endsWith("\r\n\r\nearly\0\1\2 anything");
            assertThat(guarded.channel.isOpen()).isTrue();
        }
    }

    @Test
    @DisplayName("A22: 101 that nobody offered ends the connection")
    void shouldNotSwitchProtocolsUnasked() {
        try (GuardedChannel guarded = new GuardedChannel()) {
            guarded.answering = false;
            guarded.send(GET_A);

            try {
                guarded.answer(HttpResponseStatus.SWITCHING_PROTOCOLS, "");
            } catch (Exception refused) {
                // The write fails.
            }

            assertThat(guarded.answers()).isEmpty();
            assertThat(guarded.channel.isOpen()).isFalse();
        }
    }

    @Test
    @DisplayName("A20: an answer before the whole body ends the connection")
    void shouldEndTheConnectionWhenTheAnswerComesBeforeTheBody() {
        try (GuardedChannel guarded = new GuardedChannel()) {
            guarded.answering = false;
            guarded.send("POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 60\r\nExpect: 100-continue\r\n\r\n");

            guarded.answer(HttpResponseStatus.CONTINUE, "");
            guarded.answer(HttpResponseStatus.FORBIDDEN, "no");
            guarded.send(GET_B + GET_B);

            assertThat(guarded.answers())
                    .contains("100 Continue", "403 Forbidden")
                    .containsIgnoringCase("connection: close");
            assertThat(guarded.served).isEmpty();
            assertThat(guarded.channel.isOpen()).isFalse();
        }
    }

    @Test
    void shouldDiscardWhatFollowsTheLastRequest() {
        try (GuardedChannel guarded = new GuardedChannel()) {
            guarded.send(GET_A.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n") + GET_B);

            assertThat(guarded.served).containsExactly("/a");
            assertThat(guarded.channel.isOpen()).isFalse();
        }
    }

    @Test
    @DisplayName("A24: a client that has shut its half still gets every answer")
    void shouldAnswerHalfClosedClients() {
        try (GuardedChannel guarded = new GuardedChannel()) {
            guarded.answering = false;
            guarded.send(GET_A + GET_B);
            guarded.channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);

            guarded.answer(HttpResponseStatus.OK, "a");
            assertThat(guarded.channel.isOpen()).isTrue();
            guarded.answer(HttpResponseStatus.OK, "b");

            assertThat(guarded.statuses()).containsExactly(200, 200);
            assertThat(guarded.channel.isOpen()).isFalse();
        }
    }

    @Test
    void shouldCloseWhenTheRestOfARequestCannotCome() {
        try (GuardedChannel guarded = new GuardedChannel()) {
            guarded.send("POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 60\r\n\r\nhalf");

            guarded.channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);

            assertThat(guarded.channel.isOpen()).isFalse();
            assertThat(guarded.served).isEmpty();
        }
    }

    @Test
    @DisplayName("D1: slow heads are closed within ten seconds, however they drip")
    void shouldCloseSlowHeads() {
        try (GuardedChannel guarded = new GuardedChannel()) {
            guarded.send("GET / HTTP/1.1\r\n");
            for (int i = 0; i < 7; i++) {
                guarded.pass(1);
                guarded.send("X-" + i + ": y\r\n");
            }
            assertThat(guarded.channel.isOpen()).isTrue();

            guarded.pass(1);

            assertThat(guarded.statuses()).containsExactly(408);
            assertThat(guarded.channel.isOpen()).isFalse();
        }
    }

    @Test
    @DisplayName("D1: a connection that asks nothing is closed within ten seconds")
    void shouldCloseSilentConnections() {
        try (GuardedChannel guarded = new GuardedChannel()) {
            guarded.pass(10);

            assertThat(guarded.channel.isOpen()).isFalse();
            assertThat(guarded.counters.timeouts(Overdue.REQUEST)).isOne();
        }
    }

    @Test
    @DisplayName("D2: a dripping body is closed, a steady one is not")
    void shouldCloseSlowBodies() {
        try (GuardedChannel guarded = new GuardedChannel()) {
            guarded.send("POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n\r\n");
            for (int i = 0; i < 19; i++) {
                guarded.pass(1);
                guarded.send("x".repeat(60));
            }
            guarded.pass(2);
            assertThat(guarded.channel.isOpen()).isTrue();

            guarded.send("x");
            guarded.pass(20);

            assertThat(guarded.statuses()).containsExactly(408);
            assertThat(guarded.channel.isOpen()).isFalse();
        }
    }

    @Test
    @DisplayName("D4: idle connections are closed")
    void shouldCloseIdleConnections() {
        try (GuardedChannel guarded = new GuardedChannel()) {
            guarded.send(GET_A);
            guarded.pass(74);
            assertThat(guarded.channel.isOpen()).isTrue();

            guarded.pass(2);

            assertThat(guarded.channel.isOpen()).isFalse();
            assertThat(guarded.counters.timeouts(Overdue.REQUEST)).isOne();
        }
    }

    @Test
    @DisplayName("F5: while draining, each answer ends its connection and idle ones are closed")
    void shouldDrain() {
        try (GuardedChannel busy = new GuardedChannel();
                GuardedChannel idle = new GuardedChannel()) {
            idle.send(GET_A);
            busy.draining = true;
            idle.draining = true;

            busy.send(GET_A + GET_B);
            idle.pass(3);

            assertThat(busy.answers()).containsIgnoringCase("connection: close");
            assertThat(busy.served).containsExactly("/a");
            assertThat(idle.channel.isOpen()).isFalse();
        }
    }
}
