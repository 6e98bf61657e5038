package io.pagecache.standalone.serve;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The temporary directory of one {@code serve}: plan, purges and management token. Only its owner may read it. */
final class Workspace implements AutoCloseable {
    private static final int TOKEN_BYTES = 32;

    private final Path root;
    private final PlanDirectory plan;
    private final Path tokenFile;
    private final String token;

    private Workspace(Path root, PlanDirectory plan, Path tokenFile, String token) {
        this.root = root;
        this.plan = plan;
        this.tokenFile = tokenFile;
        this.token = token;
    }

    static Workspace create() throws IOException {
        Path root = Files.createTempDirectory(
                "pagecache-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path plan = Files.createDirectory(root.resolve("plan"));
        String token = newToken();
        Path tokenFile = Files.writeString(root.resolve("token"), token);
        return new Workspace(root, new PlanDirectory(plan), tokenFile, token);
    }

    private static String newToken() {
        byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    PlanDirectory plan() {
        return plan;
    }

    Path tokenFile() {
        return tokenFile;
    }

    /** What a proxy says that shares no terminal. */
    File log() {
        return root.resolve("proxy.log").toFile();
    }

    /** Links to the files themselves, so that what replaces them is served next. */
    Path certificates(TlsFiles files) throws IOException {
        Path certificates = root.resolve("certificates");
        Path site = Files.createDirectories(certificates.resolve("site"));
        Files.createSymbolicLink(site.resolve("tls.crt"), files.chain());
        Files.createSymbolicLink(site.resolve("tls.key"), files.key());
        return certificates;
    }

    String token() {
        return token;
    }

    /** Removes it; the shutdown and the end of the proxy may both ask for that. */
    @Override
    public synchronized void close() throws IOException {
        if (Files.notExists(root)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(root)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
