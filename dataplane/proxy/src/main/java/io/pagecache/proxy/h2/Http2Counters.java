package io.pagecache.proxy.h2;

import io.netty.handler.codec.http2.Http2Error;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/** What had to be ended on HTTP/2 connections, for metrics. Safe for all threads. */
public final class Http2Counters {

    /** What a client took too long for; lower case with hyphens it is a metric label. */
    public enum Stalled {
        /** The end of a header block. */
        HEADERS,
        /** A request body, or enough of it. */
        BODY,
        /** To take an answer, or enough of it. */
        SEND,
        /** A first or another request. */
        REQUEST;

        public String token() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final LongAdder[] floods = adders(FrameType.values().length);
    private final LongAdder[] stalls = adders(Stalled.values().length);
    private final LongAdder[] goAways = adders(Http2Error.values().length);
    private final LongAdder[] resets = adders(Http2Error.values().length);
    private final LongAdder malformed = new LongAdder();
    private final LongAdder connections = new LongAdder();

    private static LongAdder[] adders(int count) {
        LongAdder[] adders = new LongAdder[count];
        for (int i = 0; i < count; i++) {
            adders[i] = new LongAdder();
        }
        return adders;
    }

    void opened() {
        connections.increment();
    }

    void closed() {
        connections.decrement();
    }

    void flooded(FrameType by) {
        floods[by.ordinal()].increment();
    }

    void stalled(Stalled what) {
        stalls[what.ordinal()].increment();
    }

    void goAwaySent(long error) {
        count(goAways, error);
    }

    void resetSent(long error) {
        count(resets, error);
    }

    private static void count(LongAdder[] counters, long error) {
        if (error >= 0 && error < counters.length) {
            counters[(int) error].increment();
        }
    }

    /** A request was reset because its fields do not make one. */
    public void malformed() {
        malformed.increment();
    }

    /** Open now. */
    public long connections() {
        return connections.sum();
    }

    /** Connections ended since start because of too many frames of this type. */
    public long floods(FrameType by) {
        return floods[by.ordinal()].sum();
    }

    /** Streams and connections ended since start because the client took too long. */
    public long stalls(Stalled what) {
        return stalls[what.ordinal()].sum();
    }

    /** GOAWAY frames sent since start with this error. */
    public long goAways(Http2Error error) {
        return goAways[(int) error.code()].sum();
    }

    /** RST_STREAM frames sent since start with this error. */
    public long resets(Http2Error error) {
        return resets[(int) error.code()].sum();
    }

    public long malformedRequests() {
        return malformed.sum();
    }
}
