package io.pagecache.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.Stage;
import io.pagecache.proxy.actors.Sync;
import io.pagecache.proxy.actors.Visitor.Received;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.WebSocket;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("seed:T48")
class StreamingIT {
    private static final Buffer CHUNK = Buffer.buffer(new byte[64 * 1024]);

    @TempDir
    Path directory;

    /** Writes until the total is reached, only as fast as it is taken. */
    private static void pour(HttpServerResponse response, AtomicLong written, long total) {
        while (written.get() < total && !response.writeQueueFull() && !response.closed()) {
            response.write(CHUNK);
            written.addAndGet(CHUNK.length());
        }
        if (response.closed()) {
            return;
        }
        if (written.get() >= total) {
            response.end();
        } else {
            response.drainHandler(drained -> pour(response, written, total));
        }
    }

    @Test
    @DisplayName("an endless answer is read at the client's pace (HARDENING D12)")
    void shouldReadTheOriginNoFasterThanTheClientReads() throws Exception {
        long total = 400L << 20;
        AtomicLong written = new AtomicLong();
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            stage.origin.on("/huge", request -> {
                request.response().setChunked(true);
                pour(request.response(), written, total);
            });
            try (Socket slow = new Socket("127.0.0.1", stage.proxy.port())) {
                slow.getOutputStream()
                        .write("GET /huge HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                slow.getInputStream().readNBytes(100_000);

                // Stops for good once collecting has ended and all buffers on the way are full.
                AtomicLong before = new AtomicLong(-1);
                await().pollInterval(java.time.Duration.ofMillis(500))
                        .until(() -> before.getAndSet(written.get()) == written.get());

                assertThat(written.get()).isLessThan(64L << 20);
            }
        }
    }

    @Test
    void shouldStreamWhatIsTooLargeToKeepAndRememberThat() throws Exception {
        long total = 10L << 20;
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            stage.origin.on("/large", request -> {
                request.response().setChunked(true);
                pour(request.response(), new AtomicLong(), total);
            });

            Received first = stage.visitor.get("/large");
            Received second = stage.visitor.get("/large");

            assertThat(first.body().length()).isEqualTo((int) total);
            assertThat(second.body().length()).isEqualTo((int) total);
            assertThat(second.cacheStatus()).doesNotContain("hit");
            assertThat(stage.proxy.dataplane().stats().objects()).isZero();
        }
    }

    @Test
    void shouldSendTheFirstBytesOfAMissBeforeTheLast() throws Exception {
        AtomicBoolean finish = new AtomicBoolean();
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            stage.origin.on("/slow", request -> {
                request.response().setChunked(true).write("first ");
                request.response().drainHandler(ignored -> {});
                stage.vertx.setPeriodic(10, timer -> {
                    if (finish.get()) {
                        stage.vertx.cancelTimer(timer);
                        request.response().end("last");
                    }
                });
            });
            try (Socket socket = new Socket("127.0.0.1", stage.proxy.port())) {
                socket.getOutputStream()
                        .write("GET /slow HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));

                String begin = readUntil(socket.getInputStream(), "first ");
                finish.set(true);
                String rest = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

                assertThat(begin).startsWith("HTTP/1.1 200 OK");
                assertThat(rest).contains("last");
            }
            await().until(() ->
                    stage.visitor.get("/slow", "Host", "h").cacheStatus().contains("hit"));
        }
    }

    @Test
    void shouldStopTheOriginWhenTheOnlyReaderOfAPassedAnswerLeaves() throws Exception {
        AtomicBoolean closed = new AtomicBoolean();
        SamplePlan plan = SamplePlan.plan().rule("live", "/live", SamplePlan::never);
        try (Stage stage = new Stage(directory, plan)) {
            stage.origin.on("/live", request -> {
                request.response().setChunked(true).write("event");
                request.connection().closeHandler(gone -> closed.set(true));
            });
            try (Socket socket = new Socket("127.0.0.1", stage.proxy.port())) {
                socket.getOutputStream()
                        .write("GET /live HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                readUntil(socket.getInputStream(), "event");
            }

            await().untilTrue(closed);
        }
    }

    @Test
    void shouldPassWebSocketsThrough() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            stage.origin.on(
                    "/socket",
                    request -> request.toWebSocket()
                            .onSuccess(socket ->
                                    socket.textMessageHandler(text -> socket.writeTextMessage("echo " + text))));
            LinkedBlockingQueue<String> received = new LinkedBlockingQueue<>();

            WebSocket socket =
                    Sync.get(stage.vertx.createWebSocketClient().connect(stage.proxy.port(), "127.0.0.1", "/socket"));
            socket.textMessageHandler(received::add);
            Sync.get(socket.writeTextMessage("one"));
            Sync.get(socket.writeTextMessage("two"));

            assertThat(received.poll(20, TimeUnit.SECONDS)).isEqualTo("echo one");
            assertThat(received.poll(20, TimeUnit.SECONDS)).isEqualTo("echo two");
            Sync.get(socket.close());
        }
    }

    @Test
    void shouldPassOnAnOriginsRefusalToSwitch() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan())) {
            stage.origin.answersStatus("/socket", 403);

            Received reply = stage.visitor.get(
                    "/socket", "Connection", "Upgrade", "Upgrade", "websocket", "Sec-WebSocket-Version", "13");

            assertThat(reply.status()).isEqualTo(403);
        }
    }

    @Test
    @DisplayName("an answer of unknown length ends with the connection for HTTP/1.0 (RFC 9112 section 6.3)")
    void shouldCloseAfterAnAnswerOfUnknownLengthToHttp10() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan());
                Socket old = new Socket("127.0.0.1", stage.proxy.port())) {
            old.setSoTimeout(20_000);
            stage.origin.on("/c", request -> {
                request.response().setChunked(true).putHeader("Cache-Control", "no-store");
                request.response().write("abc");
                request.response().end("def");
            });

            old.getOutputStream()
                    .write("GET /c HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));

            String all = new String(old.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(all).endsWith("\r\n\r\nabcdef");
        }
    }

    private static String readUntil(InputStream in, String end) throws Exception {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new AssertionError("closed after: " + text);
            }
            text.append((char) next);
        }
        return text.toString();
    }
}
