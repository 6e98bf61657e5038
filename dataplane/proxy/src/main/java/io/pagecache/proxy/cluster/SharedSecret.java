package io.pagecache.proxy.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What the proxies of one policy, and the operator, know: the token of the management port. Read again when it is asked to. */
public final class SharedSecret {
    private final Path file;
    private volatile byte @Nullable [] bytes;

    public SharedSecret(Path file) {
        this.file = file;
    }

    /** Takes up a changed file; blocks for reading. Returns whether the secret is another one now. */
    public boolean refresh() {
        byte @Nullable [] before = bytes;
        try {
            byte[] read = Files.readString(file).strip().getBytes(java.nio.charset.StandardCharsets.UTF_8);
            bytes = read.length == 0 ? null : read;
        } catch (IOException unreadable) {
            bytes = null;
        }
        return !Arrays.equals(before, bytes);
    }

    /** Null when there is no readable, non-empty file. */
    public byte @Nullable [] bytes() {
        return bytes;
    }
}
