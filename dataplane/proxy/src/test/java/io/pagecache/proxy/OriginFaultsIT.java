package io.pagecache.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pagecache.proxy.actors.CrudeOrigin;
import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.Stage;
import io.pagecache.proxy.actors.Sync;
import io.pagecache.proxy.actors.Visitor.Received;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Origins that fail in every way a network knows (HARDENING F1, F3). */
class OriginFaultsIT {
    @TempDir
    Path directory;

    private final SamplePlan plan = SamplePlan.plan();

    /** From now on the plan's origin is another one; what is stored stays. */
    private void movesTo(Stage stage, int port) {
        plan.revision = "moved-to-" + port;
        plan.originPort = port;
        stage.proxy.write(plan);
        await().until(() -> stage.proxy.revision().equals(plan.revision));
    }

    private Received afterExpiry(Stage stage, String target) {
        stage.proxy.clock.advance(Duration.ofMinutes(10));
        return stage.visitor.get(target);
    }

    @Test
    @DisplayName("F1: an origin that resets connections is 502, or a stale page")
    void shouldAnswerForAnOriginThatResets() throws Exception {
        try (Stage stage = new Stage(directory, plan);
                CrudeOrigin resetting = new CrudeOrigin(connection -> {
                    CrudeOrigin.readHead(connection);
                    connection.setSoLinger(true, 0);
                })) {
            stage.visitor.get("/known");
            movesTo(stage, resetting.port());

            Received unknown = stage.visitor.get("/unknown");
            Received known = afterExpiry(stage, "/known");

            assertThat(unknown.status()).isEqualTo(502);
            assertThat(unknown.cacheStatus()).contains("origin-broken-answer");
            assertThat(known.text()).isEqualTo("/known #1");
            assertThat(known.cacheStatus()).contains("stale-if-error");
        }
    }

    @Test
    @DisplayName("F1: an origin that accepts no connection is 504 within the connect timeout, or a stale page")
    void shouldAnswerForABlackHole() throws Exception {
        try (Stage stage = new Stage(directory, plan);
                BlackHole hole = new BlackHole()) {
            assumeTrue(hole.isBlack(), "this system accepts connections beyond a listener's backlog");
            stage.visitor.get("/known");
            movesTo(stage, hole.port());

            Received unknown = stage.visitor.get("/unknown");
            Received known = afterExpiry(stage, "/known");

            assertThat(unknown.status()).isIn(503, 504);
            assertThat(known.text()).isEqualTo("/known #1");
        }
    }

    /** A listener whose backlog is full, so that the kernel drops whoever wants to connect. */
    private static final class BlackHole implements AutoCloseable {
        private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final List<Socket> waiting = new ArrayList<>();
        private boolean black;

        BlackHole() throws IOException {
            for (int i = 0; i < 20 && !black; i++) {
                Socket socket = new Socket();
                waiting.add(socket);
                try {
                    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), 300);
                } catch (SocketTimeoutException dropped) {
                    black = true;
                }
            }
        }

        int port() {
            return listener.getLocalPort();
        }

        boolean isBlack() {
            return black;
        }

        @Override
        public void close() throws IOException {
            for (Socket socket : waiting) {
                socket.close();
            }
            listener.close();
        }
    }

    @Test
    @DisplayName("F1: an answer whose head drips is 504 in time")
    void shouldNotWaitForAHeadThatDrips() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        plan.firstByte = Duration.ofMillis(300);
        try (Stage stage = new Stage(directory, plan);
                CrudeOrigin dripping = new CrudeOrigin(connection -> {
                    CrudeOrigin.readHead(connection);
                    CrudeOrigin.write(connection, "HTTP/1.1 200 O");
                    awaitQuietly(over);
                })) {
            movesTo(stage, dripping.port());

            Received reply = stage.visitor.get("/slow");
            over.countDown();

            assertThat(reply.status()).isEqualTo(504);
        }
    }

    @Test
    @DisplayName("F1: a body that drips holds up nobody but its own readers")
    void shouldServeOthersWhileABodyDrips() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (Stage stage = new Stage(directory, plan)) {
            stage.origin.on("/drip", request -> {
                request.response().setChunked(true).write("d");
                long timer =
                        stage.vertx.setPeriodic(100, tick -> request.response().write("r"));
                request.connection().closeHandler(closed -> stage.vertx.cancelTimer(timer));
                stage.vertx
                        .executeBlocking(() -> {
                            over.await();
                            return null;
                        })
                        .onComplete(ended -> {
                            stage.vertx.cancelTimer(timer);
                            request.response().end("ip");
                        });
            });
            Future<Received> slow = stage.visitor.asks("GET", "/drip", null);
            await().until(() -> stage.origin.requestsFor("/drip") == 1);

            List<Received> others = IntStream.range(0, 50)
                    .mapToObj(i -> stage.visitor.get("/other/" + i))
                    .toList();
            boolean stillDripping = !slow.isComplete();
            over.countDown();

            assertThat(others).allSatisfy(reply -> assertThat(reply.status()).isEqualTo(200));
            assertThat(stillDripping).isTrue();
            assertThat(Sync.get(slow).text()).startsWith("d").endsWith("ip");
        }
    }

    @Test
    @DisplayName("F3: after an outage each page is asked for once, however many want it")
    void shouldNotStampedeWhenTheOriginIsBack() throws Exception {
        int pages = 30;
        try (Stage stage = new Stage(directory, plan)) {
            everyPage(stage, pages, 1);
            stage.proxy.clock.advance(Duration.ofMinutes(10));
            stage.origin.goDown();
            List<Received> during = everyPage(stage, pages, 10);
            stage.origin.comeBack();
            int askedBefore = stage.origin.seen().size();
            stage.proxy.clock.advance(Duration.ofSeconds(16));

            List<Received> after = everyPage(stage, pages, 10);

            assertThat(during)
                    .allSatisfy(reply -> assertThat(reply.cacheStatus()).contains("stale-if-error"));
            assertThat(after).allSatisfy(reply -> assertThat(reply.status()).isEqualTo(200));
            await().untilAsserted(() -> assertThat(everyPage(stage, pages, 1))
                    .allSatisfy(reply -> assertThat(reply.cacheStatus()).contains("detail=fresh")));
            assertThat(stage.origin.seen().size() - askedBefore).isEqualTo(pages);
        }
    }

    /** All at once, each page by so many visitors. */
    private static List<Received> everyPage(Stage stage, int pages, int visitors) {
        List<Future<Received>> visits = new ArrayList<>();
        for (int i = 0; i < pages * visitors; i++) {
            visits.add(stage.visitor.asks("GET", "/page/" + i % pages, null));
        }
        return visits.stream().map(Sync::get).toList();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
