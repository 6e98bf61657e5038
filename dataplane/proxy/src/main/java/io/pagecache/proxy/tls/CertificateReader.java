package io.pagecache.proxy.tls;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.impl.KeyStoreHelper;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** From the two PEM files of a certificate to what serves it. */
final class CertificateReader {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final int REMEMBERED_SESSIONS = 20_000;
    private static final long SESSION_LIFE_SECONDS = TimeUnit.HOURS.toSeconds(8);

    private final AtomicInteger lastId = new AtomicInteger();

    /**
     * @param chain certificates, the site's own first
     * @param key PKCS#8, PKCS#1 or SEC 1, not encrypted
     * @throws UnusableCertificateException when these two cannot serve
     */
    SiteCertificate read(String name, byte[] chain, byte[] key) throws UnusableCertificateException {
        try {
            KeyStore store = KeyStoreHelper.loadKeyCert(List.of(Buffer.buffer(key)), List.of(Buffer.buffer(chain)));
            String alias = store.aliases().nextElement();
            X509Certificate[] certificates = x509(store.getCertificateChain(alias));
            PrivateKey privateKey = (PrivateKey) store.getKey(alias, KeyStoreHelper.DUMMY_PASSWORD.toCharArray());
            requirePair(privateKey, certificates[0].getPublicKey());
            return new SiteCertificate(
                    lastId.incrementAndGet(),
                    name,
                    HostNames.of(certificates[0]),
                    certificates[0].getNotAfter().toInstant(),
                    context(privateKey, certificates, ApplicationProtocolNames.HTTP_1_1),
                    context(
                            privateKey,
                            certificates,
                            ApplicationProtocolNames.HTTP_2,
                            ApplicationProtocolNames.HTTP_1_1));
        } catch (UnusableCertificateException e) {
            throw e;
        } catch (GeneralSecurityException | IOException | VertxException e) {
            throw new UnusableCertificateException("cannot be read: " + e.getMessage(), e);
        } catch (Exception e) { // what Vert.x's reader declares
            throw new UnusableCertificateException("cannot be read: " + e, e);
        }
    }

    private static X509Certificate[] x509(Certificate[] chain) {
        X509Certificate[] certificates = new X509Certificate[chain.length];
        for (int i = 0; i < chain.length; i++) {
            certificates[i] = (X509Certificate) chain[i];
        }
        return certificates;
    }

    /** A key that signs what this certificate does not confirm would fail every handshake. */
    private static void requirePair(PrivateKey key, PublicKey certified)
            throws GeneralSecurityException, UnusableCertificateException {
        Signature signature = Signature.getInstance(
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> key.getAlgorithm();
                });
        byte[] sample = new byte[32];
        signature.initSign(key);
        signature.update(sample);
        byte[] signed = signature.sign();
        if (!certified.getAlgorithm().equals(key.getAlgorithm()) || !isSignedBy(certified, signature, sample, signed)) {
            throw new UnusableCertificateException("the key does not belong to the certificate", null);
        }
    }

    private static boolean isSignedBy(PublicKey certified, Signature signature, byte[] sample, byte[] signed)
            throws GeneralSecurityException {
        signature.initVerify(certified);
        signature.update(sample);
        try {
            return signature.verify(signed);
        } catch (java.security.SignatureException ofAnotherKey) {
            return false;
        }
    }

    /** BoringSSL does the work of TLS in about a third of the time; where its library cannot be loaded, as in native executables, Java does. */
    static SslProvider engine() {
        return OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
    }

    private static SslContext context(PrivateKey key, X509Certificate[] chain, String... protocols) throws IOException {
        return SslContextBuilder.forServer(key, chain)
                .sslProvider(engine())
                .protocols(PROTOCOLS)
                .sessionCacheSize(REMEMBERED_SESSIONS)
                .sessionTimeout(SESSION_LIFE_SECONDS)
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        protocols))
                .build();
    }
}
