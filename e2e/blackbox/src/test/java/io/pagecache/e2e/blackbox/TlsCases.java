package io.pagecache.e2e.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.e2e.blackbox.Visitor.Reply;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.cert.Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The port behind TLS, and certificates that are renewed while it serves. */
interface TlsCases extends Staged {
    @Test
    default void shouldServeBehindTlsAndTakeUpARenewedCertificate(@TempDir Path directory) {
        SelfSigned first = SelfSigned.make(directory, "-keyalg", "RSA", "-keysize", "2048");
        SelfSigned renewed = SelfSigned.make(directory, "-keyalg", "EC", "-groupname", "secp256r1");
        WireFolder folder = stage().served(directory);
        first.into(folder);
        stage().origin.counts("/behind-tls");
        try (ProxyProcess proxy = stage().started(folder);
                Visitor early = SelfSigned.visitor(proxy.secureUrl(), HttpClient.Version.HTTP_1_1)) {
            Reply miss = early.get("/behind-tls");
            Reply hit = early.get("/behind-tls");

            renewed.into(folder);

            proxy.await(
                    "the renewed certificate",
                    () -> renewed.certificate().equals(certificateOf(shaken(proxy, "/behind-tls"))));
            assertThat(certificateOf(miss)).isEqualTo(first.certificate());
            assertThat(miss.text()).isEqualTo("/behind-tls 1");
            assertThat(hit.isHit()).isTrue();
            assertThat(early.get("/behind-tls").isHit()).isTrue(); // on its connection from before
            assertThat(stage().origin.requestsFor("/behind-tls")).isEqualTo(1);
        }
    }

    /** After a handshake of its own. */
    private static Reply shaken(ProxyProcess proxy, String path) {
        try (Visitor late = SelfSigned.visitor(proxy.secureUrl(), HttpClient.Version.HTTP_1_1)) {
            return late.get(path);
        }
    }

    private static Certificate certificateOf(Reply reply) {
        try {
            SSLSession session = reply.response().sslSession().orElseThrow();
            return session.getPeerCertificates()[0];
        } catch (SSLPeerUnverifiedException e) {
            throw new AssertionError(e);
        }
    }
}
