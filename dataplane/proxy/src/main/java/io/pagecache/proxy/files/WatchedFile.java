package io.pagecache.proxy.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A file that is read again when it changes. ConfigMap volumes swap a symbolic link, so the real path counts as much as time and
 * size; bytes equal to those last seen are no change.
 */
public final class WatchedFile {
    private record Stamp(Path realPath, long modified, long size) {}

    private final Path path;
    private @Nullable Stamp seen;
    private byte @Nullable [] content;

    public WatchedFile(Path path) {
        this.path = path;
    }

    public boolean exists() {
        return Files.exists(path);
    }

    /** New content since the last call, or null when there is none or no file. */
    public byte @Nullable [] changed() throws IOException {
        try {
            Path real = path.toRealPath();
            BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
            Stamp now = new Stamp(real, attributes.lastModifiedTime().toMillis(), attributes.size());
            // A file written twice within a clock tick keeps its stamp, so a young one is read once more.
            boolean young = System.currentTimeMillis() - now.modified() < 2_000;
            if (now.equals(seen) && !young) {
                return null;
            }
            byte[] bytes = Files.readAllBytes(real);
            seen = now;
            if (Arrays.equals(bytes, content)) {
                return null;
            }
            content = bytes;
            return bytes;
        } catch (NoSuchFileException absent) {
            return null;
        }
    }
}
