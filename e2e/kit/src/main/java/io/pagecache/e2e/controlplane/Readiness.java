package io.pagecache.e2e.controlplane;

import io.pagecache.e2e.process.ChildProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Waits for an API server to say that it is ready, and explains itself when that does not happen. */
final class Readiness {
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final URI readyz;
    private final Path authority;

    Readiness(String serverUrl, Path authority) {
        this.readyz = URI.create(serverUrl + "/readyz");
        this.authority = authority;
    }

    void await(ChildProcess server, ChildProcess etcd, Duration patience) {
        Instant deadline = Instant.now().plus(patience);
        while (!isReady()) {
            for (ChildProcess needed : new ChildProcess[] {etcd, server}) {
                if (!needed.isAlive()) {
                    throw new EndedEarly(needed + " ended early; its last lines:\n" + needed.logTail());
                }
            }
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException(
                        server + " was not ready after " + patience.toSeconds() + " s:\n" + server.logTail());
            }
            pause();
        }
    }

    private boolean isReady() {
        if (!Files.exists(authority)) {
            return false;
        }
        try {
            HttpsURLConnection connection = (HttpsURLConnection) readyz.toURL().openConnection();
            connection.setSSLSocketFactory(trusting(authority).getSocketFactory());
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            boolean ready = connection.getResponseCode() == 200;
            connection.disconnect();
            return ready;
        } catch (IOException | GeneralSecurityException e) {
            return false;
        }
    }

    private static SSLContext trusting(Path authority) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(authority)) {
            int index = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                trusted.setCertificateEntry("authority-" + index++, certificate);
            }
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the API server", e);
        }
    }

    /** One of the processes did not survive its start; most often another program took its port in the meantime. */
    static final class EndedEarly extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        EndedEarly(String message) {
            super(message);
        }
    }
}
