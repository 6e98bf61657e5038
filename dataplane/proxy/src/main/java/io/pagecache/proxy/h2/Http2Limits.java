package io.pagecache.proxy.h2;

import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.TimeUnit;

/** What one HTTP/2 connection may do. Frames are counted over thirty seconds. */
public final class Http2Limits {
    public static final int CONCURRENT_STREAMS = 100;

    /** Of the decoded header list (RFC 9113 section 10.5.1), in bytes. */
    public static final int HEADER_LIST = 32 * 1024;

    /** Of HPACK's dynamic table, in bytes. */
    public static final int HEADER_TABLE = 4096;

    /** Streams that the client resets (CVE-2023-44487), and as many that it makes us reset (CVE-2025-8671). */
    public static final int RESETS = 200;

    /** In one header block (CVE-2026-33871). */
    public static final int SMALL_CONTINUATIONS = 16;

    static final int SETTINGS = 60;
    static final int PINGS = 120;
    static final int PRIORITIES = 500;
    static final int WINDOW_UPDATES = 2000;
    static final int CONTINUATIONS = 500;
    static final int EMPTY_DATA = 100;
    static final int UNKNOWN = 200;

    private static final int WINDOW_SECONDS = 30;

    private Http2Limits() {}

    /** Sets in the options what the library enforces itself. */
    public static HttpServerOptions apply(HttpServerOptions options) {
        return options.setInitialSettings(new Http2Settings()
                        .setMaxConcurrentStreams(CONCURRENT_STREAMS)
                        .setMaxHeaderListSize(HEADER_LIST)
                        .setHeaderTableSize(HEADER_TABLE))
                .setHttp2RstFloodMaxRstFramePerWindow(RESETS)
                .setHttp2RstFloodWindowDuration(WINDOW_SECONDS)
                .setHttp2RstFloodWindowDurationTimeUnit(TimeUnit.SECONDS)
                .setHttp2MaxSmallContinuationFrames(SMALL_CONTINUATIONS);
    }
}
