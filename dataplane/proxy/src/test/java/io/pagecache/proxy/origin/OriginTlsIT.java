package io.pagecache.proxy.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pagecache.plan.OriginTls;
import io.pagecache.proxy.actors.CertificateMaker;
import io.pagecache.proxy.actors.CertificateMaker.Algorithm;
import io.pagecache.proxy.actors.CertificateMaker.Made;
import io.pagecache.proxy.actors.Proxy;
import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.Sync;
import io.pagecache.proxy.actors.Visitor;
import io.pagecache.proxy.actors.Visitor.Received;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
@DisplayName("TLS to the origin: its certificate is always verified, and the name in it")
class OriginTlsIT {
    private static final String NAME = "origin.example.com";

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Made made = CertificateMaker.make(Algorithm.EC, NAME);
    private Proxy proxy;

    @AfterEach
    void close() throws Exception {
        if (proxy != null) {
            proxy.close();
        }
        Sync.get(vertx.close());
    }

    private Visitor visitor(Made shown, OriginTls tls) {
        HttpServer origin = Sync.get(vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setSni(true)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .addCertValue(Buffer.buffer(shown.chainPem()))
                                .addKeyValue(Buffer.buffer(shown.keyPem()))))
                .requestHandler(request -> {
                    asked.add(String.valueOf(request.connection().indicatedServerName()));
                    request.response().end("secret");
                })
                .listen(0, "127.0.0.1"));
        SamplePlan plan = SamplePlan.bare();
        plan.originPort = origin.actualPort();
        plan.originTls = tls;
        proxy = new Proxy(vertx, directory, plan);
        return new Visitor(vertx, proxy.port());
    }

    private void believe(Made authority) throws IOException {
        Path whole = Files.writeString(directory.resolve("origin-ca.new"), authority.chainPem());
        Files.move(
                whole,
                directory.resolve("origin-ca.crt"),
                java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    @DisplayName("a certificate of the given authority for serverName is believed; the origin is told that name")
    void shouldAskByTheGivenName() throws Exception {
        believe(made);

        Received answer = visitor(made, new OriginTls(NAME, true)).get("/");

        assertThat(answer.text()).isEqualTo("secret");
        assertThat(asked).containsExactly(NAME);
    }

    @Test
    @DisplayName("without serverName the host that is connected to must be in the certificate")
    void shouldVerifyTheHostByDefault() throws Exception {
        Made forAddress = CertificateMaker.make(Algorithm.RSA, "127.0.0.1");
        believe(forAddress);

        assertThat(visitor(forAddress, new OriginTls(null, true)).get("/").text())
                .isEqualTo("secret");
    }

    @Test
    @DisplayName("a certificate for another name is refused: 502, and nothing was asked")
    void shouldRefuseAnotherName() throws Exception {
        believe(made);

        Received answer =
                visitor(made, new OriginTls("other.example.com", true)).get("/");

        assertThat(answer.status()).isEqualTo(502);
        assertThat(asked).isEmpty();
    }

    @Test
    @DisplayName("so is one for a name that is not the host")
    void shouldRefuseAnotherHost() throws Exception {
        believe(made);

        assertThat(visitor(made, new OriginTls(null, true)).get("/").status()).isEqualTo(502);
        assertThat(asked).isEmpty();
    }

    @Test
    @DisplayName("a certificate that no authority of the platform's vouches for is refused")
    void shouldRefuseStrangersByDefault() {
        assertThat(visitor(made, new OriginTls(NAME, false)).get("/").status()).isEqualTo(502);
        assertThat(asked).isEmpty();
    }

    @Test
    @DisplayName("one of another authority is refused")
    void shouldRefuseAnotherAuthority() throws Exception {
        believe(CertificateMaker.make(Algorithm.EC, NAME));

        assertThat(visitor(made, new OriginTls(NAME, true)).get("/").status()).isEqualTo(502);
        assertThat(asked).isEmpty();
    }

    @Test
    @DisplayName("until there are authorities nobody is believed; then, without a restart, those in the file are")
    void shouldTakeUpAuthoritiesThatComeLater() throws Exception {
        Visitor visitor = visitor(made, new OriginTls(NAME, true));
        assertThat(visitor.get("/").status()).isEqualTo(502);
        assertThat(asked).isEmpty();

        believe(made);

        await().until(() -> visitor.get("/").status() == 200);
    }
}
