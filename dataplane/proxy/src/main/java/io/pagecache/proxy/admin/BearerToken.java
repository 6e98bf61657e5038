package io.pagecache.proxy.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The token that management calls must carry: a secret of all proxies of a policy. Read at each call, so that a rotated Secret counts
 * at once.
 */
public final class BearerToken {
    private static final String SCHEME = "Bearer ";

    private final Path file;

    BearerToken(Path file) {
        this.file = file;
    }

    /** What the file holds; empty when it cannot be read. */
    public static String textOf(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            return "";
        }
    }

    /** Without a readable, non-empty token file nothing is let in. Takes equally long wherever the texts differ. */
    boolean admits(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        try {
            byte[] expected = Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
            byte[] given = authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8);
            return expected.length > 0 && MessageDigest.isEqual(expected, given);
        } catch (IOException unreadable) {
            return false;
        }
    }
}
