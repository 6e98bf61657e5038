package io.pagecache.http;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Immutable bytes of a page, possibly off heap. */
public final class Body {
    public static final Body EMPTY = new Body(ByteBuffer.allocate(0));

    private static final int DIGEST_BYTES = 16;

    private final ByteBuffer bytes;

    /** Once it was asked for. Two threads may both compute it: to the same end. */
    private volatile byte @Nullable [] digest;

    private Body(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** Wraps without copying: the caller must not write to the array any more. */
    public static Body wrap(byte[] bytes) {
        return new Body(ByteBuffer.wrap(bytes));
    }

    /** Wraps the remaining bytes without copying: the caller must not write to the buffer any more. */
    public static Body wrap(ByteBuffer bytes) {
        return new Body(bytes.slice());
    }

    public int length() {
        return bytes.remaining();
    }

    /** Part of these bytes, without copying. */
    public Body slice(int offset, int length) {
        return new Body(bytes.slice(offset, length));
    }

    /** A view of its own position and limit; read-only. */
    public ByteBuffer view() {
        return bytes.asReadOnlyBuffer();
    }

    /**
     * Sixteen octets that differ whenever the bytes do (of SHA-256). Remembered: the static parts of a page are in each copy of it.
     *
     * @return not to be written to
     */
    public byte[] digest() {
        byte[] known = digest;
        if (known == null) {
            MessageDigest sha = sha256();
            sha.update(view());
            known = Arrays.copyOf(sha.digest(), DIGEST_BYTES);
            digest = known;
        }
        return known;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    public byte[] toArray() {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return copy;
    }
}
