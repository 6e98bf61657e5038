package io.pagecache.proxy.h2;

import java.util.Locale;

/** Types of frames (RFC 9113 section 6), in the order of their codes. */
public enum FrameType {
    DATA,
    HEADERS,
    PRIORITY,
    RST_STREAM,
    SETTINGS,
    PUSH_PROMISE,
    PING,
    GOAWAY,
    WINDOW_UPDATE,
    CONTINUATION,
    UNKNOWN;

    private static final FrameType[] TYPES = values();

    static FrameType of(int code) {
        return code < UNKNOWN.ordinal() ? TYPES[code] : UNKNOWN;
    }

    /** Metric label. */
    public String token() {
        return name().toLowerCase(Locale.ROOT);
    }
}
