package io.pagecache.proxy.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pagecache.plan.AccessLog;
import io.pagecache.plan.ProxyState.CertificateState;
import io.pagecache.proxy.actors.CertificateMaker;
import io.pagecache.proxy.actors.CertificateMaker.Algorithm;
import io.pagecache.proxy.actors.CertificateMaker.Made;
import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.Stage;
import io.pagecache.proxy.actors.TlsClient;
import io.pagecache.proxy.actors.Visitor;
import io.pagecache.proxy.actors.Visitor.Received;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The port for TLS, through real sockets. */
@Timeout(120)
class TlsIT {
    private static final String SITE = "www.example.com";
    private static final String GET = "GET /a HTTP/1.1\r\nHost: www.example.com\r\nConnection: close\r\n\r\n";

    @TempDir
    Path directory;

    private Path certificates;
    private Made shop;
    private Made blog;
    private Stage stage;

    @BeforeEach
    void start() throws Exception {
        certificates = Files.createDirectories(directory.resolve("certificates"));
        shop = CertificateMaker.make(Algorithm.EC, SITE, "*.shop.example.com").into(certificates.resolve("00-shop"));
        blog = CertificateMaker.make(Algorithm.RSA, "blog.example.com", "127.0.0.1")
                .into(certificates.resolve("01-blog"));
        SamplePlan plan = SamplePlan.plan();
        plan.accessLog = new AccessLog(AccessLog.Mode.OFF, 0);
        stage = new Stage(directory, plan);
    }

    @AfterEach
    void stop() throws Exception {
        stage.close();
    }

    private TlsClient client() {
        return new TlsClient(stage.proxy.dataplane().tlsPort());
    }

    private Visitor visitor(HttpVersion version) {
        return Visitor.byTls(stage.vertx, stage.proxy.dataplane().tlsPort(), SITE, version);
    }

    private long serialFor(String site) throws IOException {
        try (SSLSocket socket = client().connect(site)) {
            return TlsClient.serial(socket);
        }
    }

    private double handshakes(String outcome) {
        return stage.proxy
                .meters
                .get("pagecache.tls.handshakes")
                .tag("outcome", outcome)
                .functionCounter()
                .count();
    }

    private static String exchange(SSLSocket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    @Test
    void shouldServeBothVersionsOfHttp() {
        Visitor one = visitor(HttpVersion.HTTP_1_1);
        Visitor two = visitor(HttpVersion.HTTP_2);

        Received miss = one.get("/a");
        Received hit = two.get("/a");

        assertThat(miss.cacheStatus()).contains("fwd=uri-miss");
        assertThat(hit.cacheStatus()).contains("hit");
        assertThat(hit.text()).isEqualTo(miss.text());
        assertThat(stage.origin.lastSeen().header("X-Forwarded-Proto")).isEqualTo("https");
    }

    @Test
    @DisplayName("E2: the scheme is part of the key, also on the fast path")
    void shouldKeepSchemesApart() throws Exception {
        Visitor secure = visitor(HttpVersion.HTTP_1_1);
        secure.get("/a", "Host", SITE);
        stage.proxy.clock.advance(Duration.ofMillis(300));
        for (int i = 0; i < 10; i++) {
            secure.get("/a", "Host", SITE);
        }

        Received clear = stage.visitor.get("/a", "Host", SITE);

        assertThat(clear.cacheStatus()).contains("fwd=uri-miss");
        assertThat(stage.proxy.dataplane().frontCounters().fastAnswers()).isPositive();
    }

    @Test
    @DisplayName("A1, A21 behind TLS: the front refuses there too")
    void shouldBeStrictBehindTls() throws Exception {
        try (SSLSocket socket = client().connect(SITE)) {
            String answer = exchange(
                    socket, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n");

            assertThat(answer).startsWith("HTTP/1.1 400 Bad Request");
        }
    }

    @Test
    @DisplayName("C10: TLS 1.2 and 1.3 are spoken")
    void shouldSpeakCurrentVersions() throws Exception {
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            try (SSLSocket socket = client().connect(SITE, version)) {
                assertThat(socket.getSession().getProtocol()).isEqualTo(version);
                assertThat(exchange(socket, GET)).startsWith("HTTP/1.1 200");
            }
        }
    }

    @Test
    @DisplayName("C10: TLS 1.1 is refused")
    void shouldRefuseOldVersions() throws Exception {
        String random = "00".repeat(32);
        String hello = "0302" + random + "00" + "0004" + "c009002f" + "0100";
        String handshake = "0100%04x".formatted(hello.length() / 2) + hello;
        String record = "160301%04x".formatted(handshake.length() / 2) + handshake;
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), stage.proxy.dataplane().tlsPort())) {
            socket.getOutputStream().write(HexFormat.of().parseHex(record));

            byte[] answer = socket.getInputStream().readAllBytes();

            assertThat(answer).startsWith(21, 3).hasSize(7);
            assertThat(answer[6]).as("protocol_version").isEqualTo((byte) 70);
        }
    }

    @Test
    @DisplayName("C10: a client cannot negotiate a second time")
    void shouldRefuseRenegotiation() throws Exception {
        try (SSLSocket socket = client().connect(SITE, "TLSv1.2")) {
            socket.startHandshake();

            assertThatThrownBy(() -> {
                        while (socket.getInputStream().read() >= 0) {}
                        throw new IOException("closed");
                    })
                    .isInstanceOf(IOException.class);
        }
        await().until(() -> handshakes("renegotiation") == 1);
    }

    @Test
    void shouldResumeSessions() throws Exception {
        TlsClient client = client();
        byte[] first;
        try (SSLSocket socket = client.connect(SITE, "TLSv1.2")) {
            exchange(socket, GET);
            first = socket.getSession().getId();
        }

        try (SSLSocket socket = client.connect(SITE, "TLSv1.2")) {
            assertThat(socket.getSession().getId()).isEqualTo(first);
        }
    }

    @Test
    @DisplayName("C11: the client's server name chooses; without one the first is shown")
    void shouldChooseByServerName() throws Exception {
        assertThat(serialFor(SITE)).isEqualTo(serial(shop));
        assertThat(serialFor("de.shop.example.com")).isEqualTo(serial(shop));
        assertThat(serialFor("blog.example.com")).isEqualTo(serial(blog));
        assertThat(serialFor(null)).isEqualTo(serial(shop));
    }

    private static long serial(Made made) {
        return made.certificate().getSerialNumber().longValueExact();
    }

    @Test
    @DisplayName("C11: unknown server names are refused, however many, and leave nothing behind")
    void shouldRefuseUnknownNames() throws Exception {
        TlsClient client = client();
        for (int i = 0; i < 60; i++) {
            String unknown = "n" + i + ".example.com";
            assertThatThrownBy(() -> client.connect(unknown))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("unrecognized_name");
        }

        assertThat(handshakes("unknown-name")).isEqualTo(60);
        assertThat(serialFor(SITE)).isEqualTo(serial(shop));
    }

    @Test
    @DisplayName("C12: a host that the connection's certificate is not for gets 421, by either version of HTTP")
    void shouldMisdirect() throws Exception {
        try (SSLSocket socket = client().connect(SITE)) {
            assertThat(exchange(socket, GET.replace(SITE, "blog.example.com")))
                    .startsWith("HTTP/1.1 421 Misdirected Request");
        }
        Visitor two = visitor(HttpVersion.HTTP_2);

        assertThat(two.get("/a").status()).isEqualTo(200);
        assertThat(two.getFrom("blog.example.com", "/a").status()).isEqualTo(421);
        assertThat(stage.origin.requestsFor("/a")).isEqualTo(1);
    }

    @Test
    @DisplayName("C13: certificates change under load without a failed handshake")
    void shouldRotateUnderLoad() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger done = new AtomicInteger();
        List<Future<?>> clients = new ArrayList<>();
        Made last = shop;
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 4; i++) {
                clients.add(pool.submit(() -> {
                    while (!over.get()) {
                        try (SSLSocket socket = client().connect(SITE)) {
                            assertThat(exchange(socket, GET)).startsWith("HTTP/1.1 200");
                            done.incrementAndGet();
                        }
                    }
                    return null;
                }));
            }
            for (int i = 0; i < 4; i++) {
                last = CertificateMaker.make(i % 2 == 0 ? Algorithm.RSA : Algorithm.EC, SITE)
                        .into(certificates.resolve("00-shop"));
                long expected = serial(last);
                await().until(() -> serialFor(SITE) == expected);
            }
            over.set(true);
        }

        for (Future<?> one : clients) {
            assertThat(one).succeedsWithin(Duration.ZERO);
        }
        assertThat(done.get()).isPositive();
        assertThat(handshakes("failed")).isZero();
    }

    @Test
    @DisplayName("C13, K25: what cannot be used keeps the certificate before, and is told")
    void shouldKeepTheOldOne() throws Exception {
        Made other = CertificateMaker.make(Algorithm.EC, SITE);
        shop.write(certificates.resolve("00-shop"), other.chainPem(), shop.keyPem());
        await().until(() -> changes("refused") == 1);
        long afterForeignKey = serialFor(SITE);
        shop.write(certificates.resolve("00-shop"), "no PEM at all", "neither");
        await().until(() -> changes("refused") == 2);
        long afterGarbage = serialFor(SITE);
        assertThat(certificate("00-shop").problem()).startsWith("cannot be read");
        assertThat(certificate("00-shop").notAfter())
                .isEqualTo(shop.certificate().getNotAfter().toInstant());
        other.into(certificates.resolve("00-shop"));

        await().until(() -> serialFor(SITE) == serial(other));

        await().until(() -> certificate("00-shop").problem() == null);
        assertThat(List.of(afterForeignKey, afterGarbage)).containsOnly(serial(shop));
    }

    private CertificateState certificate(String name) {
        return stage.proxy.dataplane().state().certificates().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private double changes(String outcome) {
        return stage.proxy
                .meters
                .get("pagecache.certificate.changes")
                .tag("outcome", outcome)
                .functionCounter()
                .count();
    }

    @Test
    void shouldTakeUpACertificateThatComesLater() throws Exception {
        Made late = CertificateMaker.make(Algorithm.RSA, "late.example.com").into(certificates.resolve("02-late"));

        await().ignoreExceptions().until(() -> serialFor("late.example.com") == serial(late));
    }

    @Test
    @DisplayName("keys as PKCS#1 and SEC 1, addresses and common names as names")
    void shouldReadEveryForm() throws Exception {
        Made rsa = CertificateMaker.make(Algorithm.RSA, "rsa.example.com");
        rsa.write(certificates.resolve("03-rsa"), rsa.chainPem(), rsa.traditionalKeyPem());
        Made ec = CertificateMaker.make(Algorithm.EC);
        ec.write(certificates.resolve("04-ec"), ec.chainPem(), ec.traditionalKeyPem());

        await().ignoreExceptions().until(() -> serialFor("rsa.example.com") == serial(rsa));
        await().ignoreExceptions().until(() -> serialFor("common.example.com") == serial(ec));
    }
}
