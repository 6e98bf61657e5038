package io.pagecache.proxy.front;

import io.pagecache.proxy.front.RequestHead.Method;
import org.jspecify.annotations.Nullable;

/** Which method with which form of target is served (RFC 9112 section 3.2). */
final class RequestTarget {
    private static final byte[] GET = Octets.ascii("GET");
    private static final byte[] HEAD = Octets.ascii("HEAD");
    private static final byte[] OPTIONS = Octets.ascii("OPTIONS");
    private static final byte[] CONNECT = Octets.ascii("CONNECT");
    private static final byte[] TRACE = Octets.ascii("TRACE");
    private static final byte[] HTTP = Octets.ascii("http://");
    private static final byte[] HTTPS = Octets.ascii("https://");

    private RequestTarget() {}

    /** Fills in method and parts of the target, whose ranges the head already has. */
    static @Nullable Refusal examine(byte[] bytes, RequestHead head) {
        if (is(bytes, head, CONNECT) || is(bytes, head, TRACE)) {
            return Refusal.METHOD;
        }
        head.method = is(bytes, head, GET) ? Method.GET : is(bytes, head, HEAD) ? Method.HEAD : Method.OTHER;
        int from = head.targetStart;
        int to = head.targetEnd;
        head.pathStart = from;
        if (bytes[from] == '/') {
            return hasBackslashInPath(bytes, from, to) ? Refusal.TARGET : null;
        }
        if (bytes[from] == '*' && to - from == 1) {
            return is(bytes, head, OPTIONS) ? null : Refusal.TARGET;
        }
        return absoluteForm(bytes, head);
    }

    private static @Nullable Refusal absoluteForm(byte[] bytes, RequestHead head) {
        int authority = afterScheme(bytes, head.targetStart, head.targetEnd);
        int end = authority;
        while (end >= 0 && end < head.targetEnd && bytes[end] != '/' && bytes[end] != '?') {
            end++;
        }
        if (end < 0 || !Authority.isValid(bytes, authority, end) || hasBackslashInPath(bytes, end, head.targetEnd)) {
            return Refusal.TARGET;
        }
        head.authorityStart = authority;
        head.authorityEnd = end;
        head.pathStart = end;
        return null;
    }

    private static int afterScheme(byte[] bytes, int from, int to) {
        if (startsWith(bytes, from, to, HTTP)) {
            return from + HTTP.length;
        }
        return startsWith(bytes, from, to, HTTPS) ? from + HTTPS.length : -1;
    }

    private static boolean startsWith(byte[] bytes, int from, int to, byte[] lowerCase) {
        return to - from >= lowerCase.length
                && Octets.equalIgnoringCase(bytes, from, from + lowerCase.length, lowerCase);
    }

    /** A backslash is a slash to some servers; browsers never send one in a path, only in a query. */
    private static boolean hasBackslashInPath(byte[] bytes, int from, int to) {
        for (int i = from; i < to && bytes[i] != '?'; i++) {
            if (bytes[i] == '\\') {
                return true;
            }
        }
        return false;
    }

    /** Whether the request is {@code OPTIONS}, whose absolute form without a path means {@code *}. */
    static boolean isOptions(byte[] bytes, RequestHead head) {
        return is(bytes, head, OPTIONS);
    }

    private static boolean is(byte[] bytes, RequestHead head, byte[] method) {
        return Octets.equal(bytes, head.start, head.methodEnd, method);
    }
}
