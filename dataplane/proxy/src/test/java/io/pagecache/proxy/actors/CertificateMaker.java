package io.pagecache.proxy.actors;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/** Makes certificates that sign themselves. */
public final class CertificateMaker {
    private static final AtomicLong SERIAL = new AtomicLong(1);

    public enum Algorithm {
        RSA("SHA256withRSA", 2048),
        EC("SHA256withECDSA", 256);

        private final String signature;
        private final int bits;

        Algorithm(String signature, int bits) {
            this.signature = signature;
            this.bits = bits;
        }
    }

    /** @param certificate and the key that belongs to it */
    public record Made(X509Certificate certificate, PrivateKey key) {

        public String chainPem() {
            return pem(certificate);
        }

        /** PKCS#8, as most tools write it. */
        public String keyPem() {
            try {
                return pem(new JcaPKCS8Generator(key, null).generate());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** PKCS#1 for RSA, SEC 1 for elliptic curves. */
        public String traditionalKeyPem() {
            return key instanceof ECPrivateKey curve ? pem(sec1(curve)) : pem(key);
        }

        /** With the curve's name, which the platform leaves out. */
        private static PemObject sec1(ECPrivateKey key) {
            try {
                return new PemObject(
                        "EC PRIVATE KEY",
                        new org.bouncycastle.asn1.sec.ECPrivateKey(
                                        Algorithm.EC.bits, key.getS(), SECObjectIdentifiers.secp256r1)
                                .getEncoded());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Replaces what is in the folder, both files at one moment, as the kubelet does it. */
        public Made into(Path folder) {
            return write(folder, chainPem(), keyPem());
        }

        public Made write(Path folder, String chain, String keyText) {
            try {
                Path version = folder.resolveSibling("." + folder.getFileName() + "-" + SERIAL.incrementAndGet());
                Files.createDirectories(version);
                Files.writeString(version.resolve("tls.crt"), chain);
                Files.writeString(version.resolve("tls.key"), keyText);
                Path link = version.resolveSibling(version.getFileName() + "-link");
                Files.createSymbolicLink(link, version);
                Files.move(link, folder, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private CertificateMaker() {}

    /** For these names; without any, only a common name says whose it is. */
    public static Made make(Algorithm algorithm, String... names) {
        try {
            KeyPairGenerator keys = KeyPairGenerator.getInstance(algorithm.name());
            keys.initialize(algorithm.bits);
            KeyPair pair = keys.generateKeyPair();
            X500Name subject = new X500Name("CN=common.example.com");
            Instant from = Instant.now().minus(Duration.ofHours(1));
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    subject,
                    BigInteger.valueOf(SERIAL.incrementAndGet()),
                    Date.from(from),
                    Date.from(from.plus(Duration.ofDays(2))),
                    subject,
                    pair.getPublic());
            if (names.length > 0) {
                builder.addExtension(Extension.subjectAlternativeName, false, alternatives(names));
            }
            return new Made(
                    new JcaX509CertificateConverter()
                            .getCertificate(builder.build(
                                    new JcaContentSignerBuilder(algorithm.signature).build(pair.getPrivate()))),
                    pair.getPrivate());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static GeneralNames alternatives(String... names) {
        List<GeneralName> all = new ArrayList<>();
        for (String name : names) {
            boolean address = name.matches("[0-9.]+|.*:.*");
            all.add(new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name));
        }
        return new GeneralNames(all.toArray(GeneralName[]::new));
    }

    private static String pem(Object what) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(what);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
