package io.pagecache.proxy.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.codec.http2.Http2Error;
import io.pagecache.proxy.h2.FrameType;
import io.pagecache.proxy.h2.Http2Counters;
import io.pagecache.proxy.h2.Http2Counters.Stalled;
import java.util.Locale;

/** What had to be ended on HTTP/2 connections, as Prometheus series. */
public final class Http2Meters {
    private Http2Meters() {}

    public static void register(MeterRegistry registry, Http2Counters counters) {
        Gauge.builder("pagecache.http2.connections", counters, Http2Counters::connections)
                .description("Open connections of HTTP/2")
                .register(registry);
        FunctionCounter.builder("pagecache.http2.malformed", counters, Http2Counters::malformedRequests)
                .description("Requests reset because their fields do not make one")
                .register(registry);
        for (FrameType type : FrameType.values()) {
            FunctionCounter.builder("pagecache.http2.floods", counters, all -> all.floods(type))
                    .description("Connections ended because of too many frames of a type")
                    .tag("frame", type.token())
                    .register(registry);
        }
        for (Stalled what : Stalled.values()) {
            FunctionCounter.builder("pagecache.http2.timeouts", counters, all -> all.stalls(what))
                    .description("Streams and connections ended by what took too long")
                    .tag("waiting_for", what.token())
                    .register(registry);
        }
        for (Http2Error error : Http2Error.values()) {
            String token = error.name().toLowerCase(Locale.ROOT);
            FunctionCounter.builder("pagecache.http2.goaways", counters, all -> all.goAways(error))
                    .description("GOAWAY frames sent")
                    .tag("error", token)
                    .register(registry);
            FunctionCounter.builder("pagecache.http2.resets", counters, all -> all.resets(error))
                    .description("RST_STREAM frames sent")
                    .tag("error", token)
                    .register(registry);
        }
    }
}
