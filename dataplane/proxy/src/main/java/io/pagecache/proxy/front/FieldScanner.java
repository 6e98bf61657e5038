package io.pagecache.proxy.front;

import io.pagecache.proxy.front.RequestHead.Method;
import org.jspecify.annotations.Nullable;

/** Field lines of a head: their syntax (RFC 9112 section 5), and the fields that decide who is asked and where the message ends. */
final class FieldScanner {
    private static final byte[] HOST = Octets.ascii("host");
    private static final byte[] EXPECT = Octets.ascii("expect");
    private static final byte[] UPGRADE = Octets.ascii("upgrade");
    private static final byte[] CONNECTION = Octets.ascii("connection");
    private static final byte[] CONTENT_LENGTH = Octets.ascii("content-length");
    private static final byte[] HTTP2_SETTINGS = Octets.ascii("http2-settings");
    private static final byte[] TRANSFER_ENCODING = Octets.ascii("transfer-encoding");
    private static final byte[] CONTENT_LENGTH_ALIAS = Octets.ascii("content_length");
    private static final byte[] TRANSFER_ENCODING_ALIAS = Octets.ascii("transfer_encoding");

    private static final byte[] CHUNKED = Octets.ascii("chunked");
    private static final byte[] CONTINUE = Octets.ascii("100-continue");
    private static final byte[] WEBSOCKET = Octets.ascii("websocket");
    private static final byte[] CLOSE = Octets.ascii("close");
    private static final byte[] KEEP_ALIVE = Octets.ascii("keep-alive");

    private final FrontLimits limits;
    private final RequestHead head;

    FieldScanner(FrontLimits limits, RequestHead head) {
        this.limits = limits;
        this.head = head;
    }

    /** Takes a line without its CRLF, made of field octets only and not empty. */
    @Nullable
    Refusal scan(byte[] bytes, int from, int to) {
        if (Octets.isBlank(bytes[from])) {
            return Refusal.FOLDED_FIELD;
        }
        if (head.fieldCount == limits.maxFields()) {
            return Refusal.FIELDS_TOO_LARGE;
        }
        int colon = from;
        boolean underscore = false;
        while (colon < to && Octets.isToken(bytes[colon])) {
            underscore |= bytes[colon] == '_';
            colon++;
        }
        if (colon == from || colon == to || bytes[colon] != ':') {
            return Refusal.FIELD_NAME;
        }
        int value = Octets.skipBlanks(bytes, colon + 1, to);
        int field = head.add(from, colon, value, Octets.trimBlanks(bytes, value, to));
        return underscore ? underscored(bytes, from, colon, field) : known(bytes, from, colon, field);
    }

    /** Gateways that turn {@code -} into {@code _} would merge such a field with the real one: it goes no further. */
    private @Nullable Refusal underscored(byte[] bytes, int from, int colon, int field) {
        head.drop(field);
        return Octets.equalIgnoringCase(bytes, from, colon, CONTENT_LENGTH_ALIAS)
                        || Octets.equalIgnoringCase(bytes, from, colon, TRANSFER_ENCODING_ALIAS)
                ? Refusal.AMBIGUOUS_FIELD_NAME
                : null;
    }

    private @Nullable Refusal known(byte[] bytes, int from, int colon, int field) {
        byte[] name = named(colon - from, bytes[from]);
        if (name == null || !Octets.equalIgnoringCase(bytes, from, colon, name)) {
            return null;
        }
        return switch (colon - from) {
            case 4 -> host(bytes, field);
            case 6 -> expect(bytes, field);
            case 7 -> upgrade(bytes, field);
            case 10 -> connection(bytes, field);
            case 17 -> transferEncoding(bytes, field);
            default -> name == HTTP2_SETTINGS ? http2Settings(field) : contentLength(bytes, field);
        };
    }

    /** The one field of interest that has this length and first letter. */
    private static byte @Nullable [] named(int length, byte first) {
        return switch (length) {
            case 4 -> HOST;
            case 6 -> EXPECT;
            case 7 -> UPGRADE;
            case 10 -> CONNECTION;
            case 14 -> Octets.lower(first) == 'h' ? HTTP2_SETTINGS : CONTENT_LENGTH;
            case 17 -> TRANSFER_ENCODING;
            default -> null;
        };
    }

    private @Nullable Refusal http2Settings(int field) {
        head.drop(field);
        return null;
    }

    private @Nullable Refusal host(byte[] bytes, int field) {
        if (head.host >= 0) {
            return Refusal.HOST_REPEATED;
        }
        head.host = field;
        return Authority.isValid(bytes, head.valueStart(field), head.valueEnd(field)) ? null : Refusal.HOST;
    }

    private @Nullable Refusal expect(byte[] bytes, int field) {
        if (head.http10) {
            head.drop(field);
            return null;
        }
        boolean known = Octets.equalIgnoringCase(bytes, head.valueStart(field), head.valueEnd(field), CONTINUE);
        if (!known || head.expectsContinue) {
            return Refusal.EXPECTATION;
        }
        head.expectsContinue = true;
        return null;
    }

    /** The only protocol to switch to is WebSocket; offers of others go no further (CVE-2026-58055). */
    private @Nullable Refusal upgrade(byte[] bytes, int field) {
        boolean first = head.upgrade < 0;
        if (!first
                || head.http10
                || head.method != Method.GET
                || !Octets.equalIgnoringCase(bytes, head.valueStart(field), head.valueEnd(field), WEBSOCKET)) {
            head.drop(field);
        } else {
            head.upgrade = field;
        }
        return null;
    }

    private @Nullable Refusal connection(byte[] bytes, int field) {
        int from = head.valueStart(field);
        int to = head.valueEnd(field);
        if (Octets.equalIgnoringCase(bytes, from, to, KEEP_ALIVE)) {
            head.keepAliveAsked = true;
            return null;
        }
        head.closeAsked |= Octets.listContains(bytes, from, to, CLOSE);
        head.keepAliveAsked |= Octets.listContains(bytes, from, to, KEEP_ALIVE);
        head.upgradeAsked |= Octets.listContains(bytes, from, to, UPGRADE);
        return null;
    }

    /** Digits without leading zero, up to 2^63-1, no blanks but single spaces: one value that nobody reads differently. */
    private @Nullable Refusal contentLength(byte[] bytes, int field) {
        if (head.contentLength >= 0) {
            return Refusal.CONTENT_LENGTH_REPEATED;
        }
        int from = head.valueStart(field);
        int to = head.valueEnd(field);
        if (from == to || bytes[from] == '0' && to - from > 1 || hasTab(bytes, field)) {
            return Refusal.CONTENT_LENGTH;
        }
        long length = 0;
        for (int i = from; i < to; i++) {
            int digit = bytes[i] - '0';
            if (!Octets.isDigit(bytes[i]) || length > (Long.MAX_VALUE - digit) / 10) {
                return Refusal.CONTENT_LENGTH;
            }
            length = length * 10 + digit;
        }
        head.contentLength = length;
        return null;
    }

    private @Nullable Refusal transferEncoding(byte[] bytes, int field) {
        if (head.chunked) {
            return Refusal.TRANSFER_ENCODING_REPEATED;
        }
        int from = head.valueStart(field);
        int to = head.valueEnd(field);
        if (head.http10 || from == to || hasTab(bytes, field)) {
            return Refusal.TRANSFER_ENCODING;
        }
        if (Octets.equalIgnoringCase(bytes, from, to, CHUNKED)) {
            head.chunked = true;
            return null;
        }
        for (int i = from; i < to; i++) {
            if (!Octets.isToken(bytes[i])) {
                return Refusal.TRANSFER_ENCODING;
            }
        }
        return Refusal.TRANSFER_ENCODING_UNKNOWN;
    }

    /** Whether blanks around the value include a tab, which some parsers take for a part of it. */
    private boolean hasTab(byte[] bytes, int field) {
        for (int i = head.nameEnd(field) + 1; i < head.valueStart(field); i++) {
            if (bytes[i] == '\t') {
                return true;
            }
        }
        return bytes[head.valueEnd(field)] == '\t' || bytes[head.valueEnd(field)] == ' ' && hasTabAfter(bytes, field);
    }

    private boolean hasTabAfter(byte[] bytes, int field) {
        int i = head.valueEnd(field);
        while (bytes[i] == ' ') {
            i++;
        }
        return bytes[i] == '\t';
    }

    /** Rules across fields, once all have been seen. */
    @Nullable
    Refusal finish() {
        if (head.chunked && head.contentLength >= 0) {
            return Refusal.LENGTH_TWICE;
        }
        if (head.host < 0 && !head.http10) {
            return Refusal.HOST_MISSING;
        }
        if (head.upgrade >= 0 && head.hasBody()) {
            head.drop(head.upgrade);
        }
        return null;
    }
}
