package io.pagecache.proxy.h2;

import io.netty.handler.codec.http2.Http2Error;
import org.jspecify.annotations.Nullable;

/**
 * In which order a client uses its streams. The library below takes header blocks on streams that their client has ended, and on
 * lower numbers than those it has seen.
 */
final class StreamOrder {
    private static final int REMEMBERED = 128;

    private final int[] ended = new int[REMEMBERED];
    private int next;
    private int last;
    private int skippedAfter;
    private int skippedBefore;

    /** @return the error of the connection that this header block is (RFC 9113 sections 5.1 and 5.1.1), or null */
    @Nullable
    Http2Error headers(int stream) {
        if (stream > last) {
            if (stream > last + 2) {
                skippedAfter = last;
                skippedBefore = stream;
            }
            last = stream;
            return null;
        }
        if (isEnded(stream)) {
            return Http2Error.STREAM_CLOSED;
        }
        return stream > skippedAfter && stream < skippedBefore ? Http2Error.PROTOCOL_ERROR : null;
    }

    /** What we have reset ourselves is not noted: the client may not have heard of it yet. */
    void endedByClient(int stream) {
        ended[next] = stream;
        next = (next + 1) % REMEMBERED;
    }

    private boolean isEnded(int stream) {
        for (int one : ended) {
            if (one == stream) {
                return true;
            }
        }
        return false;
    }
}
