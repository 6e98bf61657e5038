package io.pagecache.proxy.origin;

import java.util.Locale;

/** Why an origin's answer is not read on: its connection is closed, its request fails, nothing of it is stored. */
public enum AnswerFault {
    /** Bytes on a connection on which nothing was asked: they would be taken for the answer to the next request. */
    UNASKED,
    STATUS_LINE,
    /** A name that is no token, a control character, a line that is folded or ends in LF alone. */
    FIELD,
    /** {@code Content-Length} and {@code Transfer-Encoding} that can be read in more than one way (RFC 9112 section 6.3). */
    FRAMING,
    HEAD_TOO_LARGE,
    CHUNK,
    /** More bytes than the answer has. */
    EXTRA_BYTES,
    TOO_MANY_INTERIMS,
    /** 101 without an offer. */
    SWITCH;

    /** Metric label. */
    public String token() {
        return name().toLowerCase(Locale.ROOT);
    }
}
