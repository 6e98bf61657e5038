package io.pagecache.proxy.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.pagecache.proxy.door.DoorCounters;
import io.pagecache.proxy.door.DoorCounters.TurnedAway;

/** Who came in, as Prometheus series. */
public final class DoorMeters {
    private DoorMeters() {}

    public static void register(MeterRegistry registry, DoorCounters counters) {
        Gauge.builder("pagecache.connections", counters, DoorCounters::open)
                .description("Open connections to clients")
                .register(registry);
        for (TurnedAway why : TurnedAway.values()) {
            FunctionCounter.builder("pagecache.connections.turned.away", counters, all -> all.turnedAway(why))
                    .description("Connections closed before anything was asked on them")
                    .tag("reason", why.token())
                    .register(registry);
        }
    }
}
