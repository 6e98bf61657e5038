package io.pagecache.proxy.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.pagecache.plan.ProxyState.PurgeResult;
import io.pagecache.proxy.coalesce.FetchCoalescer;
import io.pagecache.proxy.collect.CollectingMemory;
import io.pagecache.store.PageStore;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What is stored, waited for and purged, as Prometheus series. Micrometer holds what it measures weakly, so each meter measures
 * the store or the coalescer itself and never an object made for the purpose.
 */
public final class StoreMeters {
    private final MultiGauge plan;
    private final Counter purges;
    private final Counter purgedPages;

    public StoreMeters(MeterRegistry registry, PageStore store, FetchCoalescer coalescer, CollectingMemory memory) {
        measure(registry, store);
        Gauge.builder("pagecache.collecting.bytes", memory, CollectingMemory::used)
                .description("Bytes held by answers that are being collected for the store")
                .register(registry);
        FunctionCounter.builder("pagecache.collecting.refused", memory, CollectingMemory::refused)
                .description("Answers streamed without being kept, for want of memory to collect them")
                .register(registry);
        Gauge.builder("pagecache.coalesced.waiting", coalescer, FetchCoalescer::waiting)
                .description("Requests waiting for another's fetch")
                .register(registry);
        FunctionCounter.builder("pagecache.coalesced", coalescer, FetchCoalescer::coalesced)
                .description("Requests that waited for another's fetch")
                .register(registry);
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

    private static void measure(MeterRegistry registry, PageStore store) {
        Gauge.builder("pagecache.store.bytes", store, it -> it.stats().bytes())
                .description("Bytes that stored pages cost, overhead included")
                .register(registry);
        Gauge.builder("pagecache.store.objects", store, it -> it.stats().objects())
                .description("Stored pages, variants counted apart")
                .register(registry);
        FunctionCounter.builder(
                        "pagecache.store.refused", store, it -> it.stats().refused())
                .description("Pages not taken into the store: too large, too many variants, purged meanwhile")
                .register(registry);
        FunctionCounter.builder(
                        "pagecache.store.variant.limits",
                        store,
                        it -> it.stats().variantLimits())
                .description("Pages pushed out, or not kept, because their URL had too many variants")
                .register(registry);
        evictions(registry, store, "size", it -> it.stats().evictedBySize());
        evictions(registry, store, "time", it -> it.stats().evictedByTime());
    }

    private static void evictions(
            MeterRegistry registry, PageStore store, String cause, ToDoubleFunction<PageStore> count) {
        FunctionCounter.builder("pagecache.store.evictions", store, count)
                .description("Pages that left the store by budget or by time")
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
