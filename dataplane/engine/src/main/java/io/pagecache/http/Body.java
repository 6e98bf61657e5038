package io.pagecache.http;

import java.nio.ByteBuffer;

/** Immutable bytes of a page, possibly off heap. */
public final class Body {
    public static final Body EMPTY = new Body(ByteBuffer.allocate(0));

    private final ByteBuffer bytes;

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

    public byte[] toArray() {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return copy;
    }
}
