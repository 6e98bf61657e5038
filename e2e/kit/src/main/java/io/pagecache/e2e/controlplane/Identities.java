package io.pagecache.e2e.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Who may speak to the API server: one administrator by a random token, service accounts by tokens that the server signs
 * with a key made here. The server makes its own certificate.
 */
final class Identities {
    private final String adminToken = randomToken();
    private final Path folder;

    private Identities(Path folder) {
        this.folder = folder;
    }

    static Identities createIn(Path folder) {
        Identities identities = new Identities(folder);
        try {
            KeyPair pair = newKeyPair();
            Files.writeString(
                    identities.signingKey(),
                    pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
            Files.writeString(
                    identities.verifyingKey(),
                    pem("PUBLIC KEY", pair.getPublic().getEncoded()));
            Files.writeString(
                    identities.tokens(),
                    identities.adminToken + ",pagecache-admin,pagecache-admin,\"system:masters\"\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return identities;
    }

    Path signingKey() {
        return folder.resolve("service-accounts.key");
    }

    Path verifyingKey() {
        return folder.resolve("service-accounts.pub");
    }

    Path tokens() {
        return folder.resolve("tokens.csv");
    }

    Path certificates() {
        return folder.resolve("certificates");
    }

    /** The server's own certificate with the authority that signed it; exists once the server has started. */
    Path authority() {
        return certificates().resolve("apiserver.crt");
    }

    String kubeconfig(String serverUrl) {
        try {
            return """
                    apiVersion: v1
                    kind: Config
                    current-context: pagecache
                    clusters:
                      - name: pagecache
                        cluster: { server: "%s", certificate-authority-data: %s }
                    users:
                      - name: pagecache-admin
                        user: { token: %s }
                    contexts:
                      - name: pagecache
                        context: { cluster: pagecache, user: pagecache-admin }
                    """.formatted(
                            serverUrl, Base64.getEncoder().encodeToString(Files.readAllBytes(authority())), adminToken);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeyPair newKeyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String randomToken() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String pem(String type, byte[] der) {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
    }
}
