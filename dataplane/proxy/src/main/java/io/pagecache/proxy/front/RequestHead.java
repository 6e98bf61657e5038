package io.pagecache.proxy.front;

import java.util.Arrays;

/**
 * What a scan found in a request head: offsets into the scanned bytes and the framing that follows from them. One object per
 * event loop, filled anew by each scan, so that a hit allocates nothing. All ranges are half open.
 */
public final class RequestHead {

    /** Methods that the front itself tells apart; all others are {@code OTHER}. */
    public enum Method {
        GET,
        HEAD,
        OTHER
    }

    private final int[] fields;

    int start;
    int end;
    Method method = Method.OTHER;
    int methodEnd;
    int targetStart;
    int targetEnd;
    int authorityStart;
    int authorityEnd;
    int pathStart;
    boolean http10;

    int fieldCount;
    int host;
    int upgrade;
    long contentLength;
    boolean chunked;
    boolean closeAsked;
    boolean keepAliveAsked;
    boolean upgradeAsked;
    boolean expectsContinue;
    private long dropped;
    private long droppedHigh;

    RequestHead(int maxFields) {
        if (maxFields > 128) {
            throw new IllegalArgumentException("at most 128 fields can be told apart, got " + maxFields);
        }
        fields = new int[maxFields * 4];
    }

    void clear(int from) {
        start = from;
        end = from;
        method = Method.OTHER;
        methodEnd = targetStart = targetEnd = pathStart = from;
        authorityStart = authorityEnd = -1;
        http10 = false;
        fieldCount = 0;
        host = upgrade = -1;
        contentLength = -1;
        chunked = closeAsked = keepAliveAsked = upgradeAsked = expectsContinue = false;
        dropped = droppedHigh = 0;
    }

    /** Adds a field line; the caller has checked that there is room. */
    int add(int nameStart, int nameEnd, int valueStart, int valueEnd) {
        int at = fieldCount * 4;
        fields[at] = nameStart;
        fields[at + 1] = nameEnd;
        fields[at + 2] = valueStart;
        fields[at + 3] = valueEnd;
        return fieldCount++;
    }

    void drop(int field) {
        if (field < Long.SIZE) {
            dropped |= 1L << field;
        } else {
            droppedHigh |= 1L << field - Long.SIZE;
        }
    }

    /** Index after the empty line. */
    public int end() {
        return end;
    }

    public Method method() {
        return method;
    }

    public int targetStart() {
        return targetStart;
    }

    public int targetEnd() {
        return targetEnd;
    }

    /** Whether the target is a URL with scheme and authority (RFC 9112 section 3.2.2). */
    public boolean isAbsoluteForm() {
        return authorityStart >= 0;
    }

    public boolean isHttp10() {
        return http10;
    }

    public int fieldCount() {
        return fieldCount;
    }

    public int nameStart(int field) {
        return fields[field * 4];
    }

    public int nameEnd(int field) {
        return fields[field * 4 + 1];
    }

    /** Start of the value without the blanks around it. */
    public int valueStart(int field) {
        return fields[field * 4 + 2];
    }

    public int valueEnd(int field) {
        return fields[field * 4 + 3];
    }

    /** Index of the last field of this name, or -1. */
    int find(byte[] bytes, byte[] lowerCaseName) {
        for (int field = fieldCount - 1; field >= 0; field--) {
            if (Octets.equalIgnoringCase(bytes, nameStart(field), nameEnd(field), lowerCaseName)) {
                return field;
            }
        }
        return -1;
    }

    /** Index of the Host field, or -1 (HTTP/1.0 only). */
    public int host() {
        return host;
    }

    /** Fields that must not be handed on: ambiguous in another server's eyes, or an upgrade that is not served. */
    public boolean isDropped(int field) {
        return (field < Long.SIZE ? dropped >>> field : droppedHigh >>> field - Long.SIZE) % 2 != 0;
    }

    /** Whether what is handed on differs from what came. */
    public boolean needsRewriting() {
        return isAbsoluteForm() || (dropped | droppedHigh) != 0;
    }

    public boolean hasBody() {
        return chunked || contentLength > 0;
    }

    public boolean isChunked() {
        return chunked;
    }

    /** Value of Content-Length, or -1 without one. */
    public long contentLength() {
        return contentLength;
    }

    /** Whether the connection may carry another request after this one (RFC 9112 section 9.3). */
    public boolean isKeepAlive() {
        return !closeAsked && (!http10 || keepAliveAsked);
    }

    public boolean expectsContinue() {
        return expectsContinue;
    }

    /** Whether a WebSocket may begin after the answer. */
    public boolean isUpgrade() {
        return upgrade >= 0 && !isDropped(upgrade) && upgradeAsked;
    }

    @Override
    public String toString() {
        return "RequestHead[" + start + ", " + end + ") " + method + " fields="
                + Arrays.toString(Arrays.copyOf(fields, fieldCount * 4));
    }
}
