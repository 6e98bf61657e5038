package io.pagecache.proxy.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.pagecache.proxy.author.AuthorSessions;

/** Who edits, as Prometheus series. */
public final class AuthorMeters {
    private AuthorMeters() {}

    public static void register(MeterRegistry registry, AuthorSessions authors) {
        Gauge.builder(
                        "pagecache.authors.active",
                        authors,
                        it -> it.roll().authors().size())
                .description("Authors whose edits are not published yet")
                .register(registry);
        FunctionCounter.builder(
                        "pagecache.authors.unshared",
                        authors,
                        it -> it.unshared().sum())
                .description("Edits that not every other proxy was told of in time")
                .register(registry);
    }
}
