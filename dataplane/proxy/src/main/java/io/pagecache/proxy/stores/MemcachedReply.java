package io.pagecache.proxy.stores;

import org.jspecify.annotations.Nullable;

/**
 * One reply of the meta protocol.
 *
 * @param line without its end
 * @param value of a {@code VA} line; null with others
 */
record MemcachedReply(String line, @Nullable String value) {
    private static final String CAS_FLAG = " c";

    /** The number by which a later command recognises this very value; null when it was not asked for. */
    @Nullable
    String cas() {
        int at = line.indexOf(CAS_FLAG);
        if (at < 0) {
            return null;
        }
        int end = line.indexOf(' ', at + 1);
        return line.substring(at + CAS_FLAG.length(), end < 0 ? line.length() : end);
    }

    /** Whether it was done, or there was nothing to do it with; else the server refused the command. */
    boolean isOrderly() {
        return !line.startsWith("CLIENT_ERROR") && !isFailure();
    }

    /** The server cannot serve, or does not know the protocol. */
    boolean isFailure() {
        return line.startsWith("SERVER_ERROR") || line.equals("ERROR");
    }
}
