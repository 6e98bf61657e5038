package io.pagecache.proxy.h2;

import java.time.Duration;

/**
 * How many frames that cost the server something and the client nothing one connection may send in half a minute. Resets and
 * small CONTINUATION frames have limits of their own in the library below (see {@link Http2Limits}).
 */
final class FrameBudget {
    private static final long WINDOW_NANOS = Duration.ofSeconds(30).toNanos();

    private final int[] counts = new int[FrameType.values().length];
    private int emptyData;
    private int dataSent;
    private long since;

    FrameBudget(long now) {
        since = now;
    }

    /** One more frame of data has been sent: its receiver has reason to open its windows again. */
    void dataSent() {
        dataSent++;
    }

    /** Whether this frame is still within what is allowed. */
    boolean allows(FrameType type, boolean isEmptyData, long now) {
        if (now - since >= WINDOW_NANOS) {
            since = now;
            java.util.Arrays.fill(counts, 0);
            emptyData = 0;
            dataSent = 0;
        }
        if (type == FrameType.DATA) {
            return !isEmptyData || ++emptyData <= Http2Limits.EMPTY_DATA;
        }
        int count = ++counts[type.ordinal()];
        return switch (type) {
            case SETTINGS -> count <= Http2Limits.SETTINGS;
            case PING -> count <= Http2Limits.PINGS;
            case PRIORITY -> count <= Http2Limits.PRIORITIES;
            case WINDOW_UPDATE -> count <= Http2Limits.WINDOW_UPDATES + 4L * dataSent;
            case CONTINUATION -> count <= Http2Limits.CONTINUATIONS;
            case UNKNOWN -> count <= Http2Limits.UNKNOWN;
            case DATA, HEADERS, RST_STREAM, PUSH_PROMISE, GOAWAY -> true;
        };
    }
}
