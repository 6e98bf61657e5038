package io.pagecache.proxy.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.pagecache.plan.ProxyState.PurgeResult;
import io.pagecache.proxy.coalesce.FetchCoalescer;
import io.pagecache.store.PageStore;
import java.util.List;
import java.util.function.LongSupplier;

/** What is stored, waited for and purged, as Prometheus series. */
public final class StoreMeters {
    private final MultiGauge plan;
    private final Counter purges;
    private final Counter purgedPages;

    public StoreMeters(MeterRegistry registry, PageStore store, FetchCoalescer coalescer) {
        gauge(
                registry,
                "pagecache.store.bytes",
                "Bytes that stored pages cost, overhead included",
                () -> store.stats().bytes());
        gauge(
                registry,
                "pagecache.store.objects",
                "Stored pages, variants counted apart",
                () -> store.stats().objects());
        counter(
                registry,
                "pagecache.store.evictions",
                "size",
                () -> store.stats().evictedBySize());
        counter(
                registry,
                "pagecache.store.evictions",
                "time",
                () -> store.stats().evictedByTime());
        counter(registry, "pagecache.store.refused", "any", () -> store.stats().refused());
        gauge(registry, "pagecache.coalesced.waiting", "Requests waiting for another's fetch", coalescer::waiting);
        counter(registry, "pagecache.coalesced", "any", coalescer::coalesced);
        purges = Counter.builder("pagecache.purges")
                .description("Purges applied")
                .register(registry);
        purgedPages = Counter.builder("pagecache.purged.pages")
                .description("Stored pages that purges covered")
                .register(registry);
        plan = MultiGauge.builder("pagecache.plan.info")
                .description("1 for the plan in force")
                .register(registry);
    }

    private static void gauge(MeterRegistry registry, String name, String description, LongSupplier value) {
        Gauge.builder(name, value, LongSupplier::getAsLong)
                .description(description)
                .register(registry);
    }

    private static void counter(MeterRegistry registry, String name, String cause, LongSupplier value) {
        FunctionCounter.builder(name, value, LongSupplier::getAsLong)
                .tag("cause", cause)
                .register(registry);
    }

    public void purged(PurgeResult result) {
        purges.increment();
        purgedPages.increment(result.entries());
    }

    /** Only the plan in force has a series, so revisions do not pile up. */
    public void inForce(String policy, String revision) {
        plan.register(List.of(MultiGauge.Row.of(Tags.of("policy", policy, "revision", revision), 1)), true);
    }
}
