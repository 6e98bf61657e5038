package io.pagecache.proxy.front;

/** Syntax of {@code uri-host [":" port]} (RFC 3986 section 3.2) as far as web sites use it: no user, no percent-encoding. */
final class Authority {
    private static final int MAX_LENGTH = 260;
    private static final int MAX_PORT = 65_535;

    private Authority() {}

    static boolean isValid(byte[] bytes, int from, int to) {
        if (from == to || to - from > MAX_LENGTH) {
            return false;
        }
        int endOfHost = bytes[from] == '[' ? endOfAddress(bytes, from, to) : endOfName(bytes, from, to);
        return endOfHost > from && (endOfHost == to || bytes[endOfHost] == ':' && isPort(bytes, endOfHost + 1, to));
    }

    private static int endOfName(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && Octets.isHost(bytes[i])) {
            i++;
        }
        return i;
    }

    /** Index after the bracket that closes an IPv6 address, or -1. */
    private static int endOfAddress(byte[] bytes, int from, int to) {
        int i = from + 1;
        while (i < to && (Octets.hexValue(bytes[i]) >= 0 || bytes[i] == ':' || bytes[i] == '.')) {
            i++;
        }
        return i < to && bytes[i] == ']' && i > from + 2 ? i + 1 : -1;
    }

    private static boolean isPort(byte[] bytes, int from, int to) {
        if (from == to || to - from > 5) {
            return false;
        }
        int port = 0;
        for (int i = from; i < to; i++) {
            if (!Octets.isDigit(bytes[i])) {
                return false;
            }
            port = port * 10 + bytes[i] - '0';
        }
        return port <= MAX_PORT;
    }
}
