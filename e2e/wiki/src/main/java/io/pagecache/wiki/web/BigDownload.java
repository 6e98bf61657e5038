package io.pagecache.wiki.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import java.util.Locale;

/** Streams a large body of known content, no faster than its reader takes it and never held as a whole. */
final class BigDownload {
    static final int LARGEST_MIB = 1024;

    private static final int BLOCK = 64 * 1024;
    private static final int LINE = 64;

    private final HttpServerResponse response;
    private final boolean headOnly;
    private long remaining;
    private long line;

    private BigDownload(HttpServerResponse response, int mebibytes, boolean headOnly) {
        this.response = response;
        this.headOnly = headOnly;
        this.remaining = mebibytes * 1024L * 1024L;
    }

    /** Each line is {@value #LINE} bytes and begins with its number, so that a reader can tell a gap. */
    static void send(PageView view, int mebibytes) {
        HttpServerResponse response = view.request()
                .response()
                .setChunked(true)
                .putHeader("Content-Type", "text/plain; charset=us-ascii")
                .putHeader("Cache-Control", "public, max-age=60")
                .putHeader("Surrogate-Key", "big");
        boolean headOnly = view.request().method().equals(HttpMethod.HEAD);
        new BigDownload(response, mebibytes, headOnly).pump();
    }

    private void pump() {
        if (headOnly) {
            response.end();
            return;
        }
        while (remaining > 0) {
            if (response.closed()) {
                return;
            }
            if (response.writeQueueFull()) {
                response.drainHandler(drained -> pump());
                return;
            }
            response.write(block());
        }
        response.end();
    }

    private Buffer block() {
        Buffer block = Buffer.buffer(BLOCK);
        for (int filled = 0; filled < BLOCK; filled += LINE) {
            block.appendString(String.format(Locale.ROOT, "%012d %s%n", line++, "~".repeat(LINE - 14)));
        }
        remaining -= BLOCK;
        return block;
    }
}
