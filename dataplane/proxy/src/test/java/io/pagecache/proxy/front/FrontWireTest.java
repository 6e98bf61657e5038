package io.pagecache.proxy.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pagecache.proxy.front.Deadlines.Overdue;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The front before a real Vert.x server, seen from raw sockets. */
@Timeout(30)
class FrontWireTest {
    private static final String GET = "GET /a HTTP/1.1\r\nHost: example.com\r\n\r\n";

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(prefersNative()));
    private final DataFront front =
            new DataFront(FrontLimits.DEFAULT, InstantSource.system(), System::nanoTime, () -> false, () -> null);
    private final List<String> served = new CopyOnWriteArrayList<>();

    /** Whether these tests run on the operating system's own transport. */
    boolean prefersNative() {
        return false;
    }

    final boolean isNative() {
        return vertx.isNativeTransportEnabled();
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private int listen(HttpServerOptions options) throws Exception {
        HttpServer server = vertx.createHttpServer(front.harden(options))
                .connectionHandler(front::guard)
                .requestHandler(this::serve);
        return server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
    }

    private void serve(HttpServerRequest request) {
        served.add(request.method() + " " + request.uri() + " " + request.getHeader("Host"));
        switch (request.path()) {
            case "/early" -> request.response().setStatusCode(403).end("early");
            case "/slow" -> vertx.setTimer(200, timer -> request.response().end("slow"));
            case "/chat" -> request.toNetSocket().onSuccess(socket -> socket.handler(socket::write));
            default -> request.body().onSuccess(body -> request.response().end(request.path() + body));
        }
    }

    private Socket connect(int port) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    /** Sends, and reads until the server ends the connection. */
    private static String exchange(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @Test
    @DisplayName("A1, A21: refused, and what is pipelined behind it never served")
    void shouldRefuseOnTheWire() throws Exception {
        try (Socket socket = connect(listen(new HttpServerOptions()))) {
            String answers = exchange(
                    socket,
                    GET
                            + "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                            + GET);

            assertThat(answers).startsWith("HTTP/1.1 200 OK").containsOnlyOnce("HTTP/1.1 400 Bad Request");
            assertThat(served).containsExactly("GET /a example.com");
        }
    }

    @Test
    @DisplayName("A21: the refusal arrives although the client is still sending")
    void shouldLetTheClientReadTheRefusal() throws Exception {
        try (Socket socket = connect(listen(new HttpServerOptions()))) {
            String answer = exchange(socket, "GET / HTTP/1.1\r\n\r\n" + "x".repeat(200_000));

            assertThat(answer).startsWith("HTTP/1.1 400 Bad Request");
        }
    }

    @Test
    @DisplayName("what waited for the end of another answer is answered at once, not with the client's next bytes")
    void shouldSendTheAnswerToARequestThatHadToWait() throws Exception {
        try (Socket socket = connect(listen(new HttpServerOptions()))) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write((GET.replace("/a", "/slow") + GET).getBytes(StandardCharsets.US_ASCII));

            String answers = "";
            while (!answers.endsWith("\r\n\r\n/a")) {
                answers += new String(socket.getInputStream().readNBytes(1), StandardCharsets.ISO_8859_1);
            }

            assertThat(answers).contains("\r\n\r\nslowHTTP/1.1 200 OK");
        }
    }

    @Test
    @DisplayName("A24: half-closed clients get the whole answer")
    void shouldServeHalfClosedClients() throws Exception {
        try (Socket socket = connect(listen(new HttpServerOptions()))) {
            socket.getOutputStream().write(GET.replace("/a", "/slow").getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();

            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(answer).startsWith("HTTP/1.1 200 OK").endsWith("slow");
        }
    }

    @Test
    void shouldKeepTheOrderOfPipelinedRequests() throws Exception {
        String chunked =
                "POST /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\nT: u\r\n\r\n";
        String last = "GET /z HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
        try (Socket socket = connect(listen(new HttpServerOptions()))) {
            String answers = exchange(socket, GET.replace("/a", "/slow") + chunked + GET + last);

            assertThat(answers.replaceAll("HTTP/1.1 200 OK[\\s\\S]*?\r\n\r\n", "|"))
                    .isEqualTo("|slow|/cabc|/a|/z");
        }
    }

    @Test
    void shouldCarryAWebSocket() throws Exception {
        try (Socket socket = connect(listen(new HttpServerOptions()))) {
            socket.getOutputStream()
                    .write("GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String head = readUntil(socket, "\r\n\r\n");
            socket.getOutputStream().write("\0\1 no HTTP\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(head).startsWith("HTTP/1.1 101 Switching Protocols");
            assertThat(readUntil(socket, "\r\n")).isEqualTo("\0\1 no HTTP\r\n");
        }
    }

    private static String readUntil(Socket socket, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            text.append((char) socket.getInputStream().read());
        }
        return text.toString();
    }

    @Test
    @DisplayName("A20: an early answer ends the connection, and the client can read it")
    void shouldEndTheConnectionAfterAnEarlyAnswer() throws Exception {
        try (Socket socket = connect(listen(new HttpServerOptions()))) {
            String answer = exchange(
                    socket,
                    "POST /early HTTP/1.1\r\nHost: a\r\nContent-Length: 900000\r\n\r\n" + "GET ".repeat(50_000));

            assertThat(answer).startsWith("HTTP/1.1 403 Forbidden").endsWith("early");
            assertThat(served).containsExactly("POST /early a");
        }
    }

    @Test
    void shouldGuardBehindTls() throws Exception {
        HttpServerOptions options =
                new HttpServerOptions().setSsl(true).setUseAlpn(true).setKeyCertOptions(certificate());
        int port = listen(options);

        try (Socket socket = trusting().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            String answers = exchange(socket, GET + "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");

            assertThat(answers).startsWith("HTTP/1.1 200 OK").contains("HTTP/1.1 400 Bad Request");
            assertThat(served).containsExactly("GET /a example.com");
        }
    }

    @Test
    void shouldProveThatTheFrontIsInstalled() throws Exception {
        int guarded = listen(new HttpServerOptions());
        HttpServer bare = vertx.createHttpServer()
                .requestHandler(request -> request.response().end());
        int unguarded = bare.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
        FrontCheck check = new FrontCheck(vertx, new NetClientOptions().setConnectTimeout(5_000));

        assertThat(check.run("127.0.0.1", guarded).toCompletionStage().toCompletableFuture())
                .succeedsWithin(10, TimeUnit.SECONDS);
        assertThat(check.run("127.0.0.1", unguarded).toCompletionStage().toCompletableFuture())
                .failsWithin(10, TimeUnit.SECONDS);
    }

    @Test
    @DisplayName("D3: a reader that takes nothing of its answer is closed after the send timeout")
    void shouldCloseReadersThatTakeNothing() throws Exception {
        FrontLimits usual = FrontLimits.DEFAULT;
        FrontLimits impatient = new FrontLimits(
                usual.maxTarget(),
                usual.maxHead(),
                usual.maxFields(),
                usual.maxChunkExtensions(),
                usual.headTimeout(),
                usual.bodyWindow(),
                usual.minBodyBytes(),
                Duration.ofSeconds(1),
                usual.idleTimeout(),
                usual.linger());
        DataFront guard = new DataFront(impatient, InstantSource.system(), System::nanoTime, () -> false, () -> null);
        HttpServer server = vertx.createHttpServer(guard.harden(new HttpServerOptions()))
                .connectionHandler(guard::guard)
                .requestHandler(request -> request.response().end(Buffer.buffer(new byte[32 << 20])));
        int port = server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();

        try (Socket socket = connect(port)) {
            socket.getOutputStream().write(GET.getBytes(StandardCharsets.US_ASCII));

            await().atMost(Duration.ofSeconds(25))
                    .until(() -> guard.counters().timeouts(Overdue.SEND) == 1
                            && guard.counters().connections() == 0);
        }
    }

    private KeyCertOptions certificate() throws Exception {
        Path store = folder.resolve("server.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process made = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        store.toString())
                .inheritIO()
                .start();
        assertThat(made.waitFor()).isZero();
        return new PfxOptions().setPath(store.toString()).setPassword("changeit");
    }

    private static SSLContext trusting() throws Exception {
        X509TrustManager everyone = new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type) {}

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type) {}

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        };
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new X509TrustManager[] {everyone}, new SecureRandom());
        return context;
    }
}
