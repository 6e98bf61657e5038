package io.pagecache.images;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A base in a file: an image as {@code docker save} writes it, or a plain archive of a root file system, which becomes one. */
final class RootFiles {
    private static final int GZIP = 0x1f;

    private RootFiles() {}

    /** @return the file itself where it is an image already */
    static Path asImage(Path tar, Architecture architecture, Path stage) {
        try {
            return isImage(tar) ? tar : wrapped(tar, architecture, Files.createDirectories(stage));
        } catch (IOException e) {
            throw new BadRequest(tar + " cannot be read as a tar file: " + e.getMessage());
        }
    }

    private static boolean isImage(Path tar) throws IOException {
        try (TarArchiveInputStream in = new TarArchiveInputStream(opened(tar))) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.getName().equals("manifest.json")) {
                    return true;
                }
            }
            return false;
        }
    }

    private static InputStream opened(Path tar) throws IOException {
        BufferedInputStream in = new BufferedInputStream(Files.newInputStream(tar));
        in.mark(1);
        boolean isCompressed = in.read() == GZIP;
        in.reset();
        return isCompressed ? new GZIPInputStream(in) : in;
    }

    private static Path wrapped(Path tar, Architecture architecture, Path stage) throws IOException {
        Path layer = stage.resolve("root-" + architecture + ".tar");
        String digest = plain(tar, layer);
        ObjectNode configuration = OciArchive.JSON.createObjectNode();
        configuration
                .put("architecture", architecture.toString())
                .put("os", "linux")
                .put("created", Instant.EPOCH.toString());
        configuration.putObject("config");
        configuration
                .putObject("rootfs")
                .put("type", "layers")
                .putArray("diff_ids")
                .add("sha256:" + digest);
        Path image = stage.resolve("base-" + architecture + ".tar");
        try (TarArchiveOutputStream out =
                new TarArchiveOutputStream(new BufferedOutputStream(Files.newOutputStream(image)))) {
            out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            add(out, "config.json", configuration.toString());
            add(out, "manifest.json", "[{\"Config\":\"config.json\",\"RepoTags\":[],\"Layers\":[\"layer.tar\"]}]");
            out.putArchiveEntry(new TarArchiveEntry(layer.toFile(), "layer.tar"));
            Files.copy(layer, out);
            out.closeArchiveEntry();
        }
        return image;
    }

    /** @return the digest of the archive without its compression */
    private static String plain(Path tar, Path to) throws IOException {
        MessageDigest digest = Tree.sha256();
        try (InputStream in = new DigestInputStream(opened(tar), digest);
                OutputStream out = Files.newOutputStream(to)) {
            in.transferTo(out);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(TarArchiveOutputStream out, String name, String text) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        out.putArchiveEntry(entry);
        out.write(content);
        out.closeArchiveEntry();
    }
}
