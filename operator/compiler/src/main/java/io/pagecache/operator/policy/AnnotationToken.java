package io.pagecache.operator.policy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What an annotation's value is called in the ledger and the status. An annotation may be as long as an object's annotations may be
 * together, so a copy of a long one would not fit beside anything else: it goes by its beginning and its hash.
 */
public final class AnnotationToken {
    static final int MOST_CHARACTERS = 1024;
    private static final int SHOWN = 64;

    private AnnotationToken() {}

    /** Equal for equal values, different for different ones. */
    public static String of(String value) {
        return value.length() <= MOST_CHARACTERS
                ? value
                : value.substring(0, SHOWN) + "... (" + value.length() + " characters, SHA-256 " + hash(value) + ")";
    }

    private static String hash(String value) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
