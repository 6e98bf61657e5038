package io.pagecache.e2e.pod;

import java.nio.ByteBuffer;

/** One file of a volume; equal when a reader could not tell the difference. */
record VolumeFile(ByteBuffer content, int mode) {
    static VolumeFile of(byte[] content, int mode) {
        return new VolumeFile(ByteBuffer.wrap(content).asReadOnlyBuffer(), mode);
    }

    byte[] bytes() {
        byte[] bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        return bytes;
    }
}
