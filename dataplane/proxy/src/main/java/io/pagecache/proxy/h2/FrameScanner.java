package io.pagecache.proxy.h2;

import io.netty.buffer.ByteBuf;

/** Finds the frames in one direction of a connection as its bytes pass, however they are cut, and keeps none of them. */
final class FrameScanner {
    static final int END_STREAM = 0x1;
    static final int END_HEADERS = 0x4;

    private static final int HEADER = 9;
    private static final int MOST_PAYLOAD_KEPT = 8;

    /** Told of each frame. */
    interface Listener {

        /** A frame begins: its header has come. */
        void begins(FrameType type, int flags, int stream, int length);

        /** All of it has come. */
        void ends(FrameType type, int flags, int stream, int length);
    }

    private final Listener listener;
    private int skipped;
    private int headerBytes;
    private long header;
    private int payloadLeft;
    private int length;
    private int flags;
    private int stream;
    private FrameType type = FrameType.UNKNOWN;
    private long payload;

    /** @param preface number of bytes before the first frame */
    FrameScanner(Listener listener, int preface) {
        this.listener = listener;
        this.skipped = preface;
    }

    /** Looks at what is readable, and leaves it readable. */
    void scan(ByteBuf bytes) {
        int at = bytes.readerIndex();
        int end = bytes.writerIndex();
        int skip = Math.min(skipped, end - at);
        skipped -= skip;
        at += skip;
        while (at < end) {
            at = headerBytes < HEADER ? scanHeader(bytes, at, end) : scanPayload(bytes, at, end);
        }
    }

    private int scanHeader(ByteBuf bytes, int from, int end) {
        int at = from;
        while (at < end && headerBytes < HEADER) {
            int octet = bytes.getUnsignedByte(at++);
            switch (headerBytes++) {
                case 0, 1, 2 -> header = header << 8 | octet;
                case 3 -> {
                    length = (int) header;
                    type = FrameType.of(octet);
                }
                case 4 -> {
                    flags = octet;
                    header = 0;
                }
                default -> header = header << 8 | octet;
            }
        }
        if (headerBytes == HEADER) {
            stream = (int) header & Integer.MAX_VALUE;
            header = 0;
            payload = 0;
            payloadLeft = length;
            listener.begins(type, flags, stream, length);
            endIfComplete();
        }
        return at;
    }

    private int scanPayload(ByteBuf bytes, int at, int end) {
        int part = Math.min(payloadLeft, end - at);
        int seen = length - payloadLeft;
        for (int i = 0; i < part && seen + i < MOST_PAYLOAD_KEPT; i++) {
            payload = payload << 8 | bytes.getUnsignedByte(at + i);
        }
        payloadLeft -= part;
        endIfComplete();
        return at + part;
    }

    private void endIfComplete() {
        if (payloadLeft == 0) {
            headerBytes = 0;
            listener.ends(type, flags, stream, length);
        }
    }

    /** The first octets of the payload, at most eight, as one number; complete when the frame has ended. */
    long payload() {
        return payload;
    }
}
