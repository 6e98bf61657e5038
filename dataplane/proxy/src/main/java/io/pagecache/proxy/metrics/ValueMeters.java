package io.pagecache.proxy.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.pagecache.template.MarkerProblem;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** How looking up the values of pages goes. */
public final class ValueMeters {

    /** What became of one look-up. */
    public enum Result {
        FOUND,
        /** There is no such value for this reader. */
        MISSING,
        LATE,
        FAILED
    }

    private final MeterRegistry registry;
    private final Map<Result, Counter> results = new EnumMap<>(Result.class);
    private final Counter problems;

    public ValueMeters(MeterRegistry registry) {
        this.registry = registry;
        for (Result result : Result.values()) {
            results.put(
                    result,
                    Counter.builder("pagecache.values")
                            .description("Values looked up for pages")
                            .tag("result", result.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        problems = Counter.builder("pagecache.marker.problems")
                .description("Mistakes in markers of pages that were taken into the store")
                .register(registry);
    }

    public void count(Result result) {
        Objects.requireNonNull(results.get(result)).increment();
    }

    public void count(List<MarkerProblem> found) {
        problems.increment(found.size());
    }

    /** Shows a store for as long as it exists. */
    public <S> void follow(String name, S store, ToDoubleFunction<S> state, ToDoubleFunction<S> failures) {
        Gauge.builder("pagecache.value.store.state", store, state)
                .description("0: in use, 1: tried again, 2: left alone because it fails")
                .tag("store", name)
                .register(registry);
        io.micrometer.core.instrument.FunctionCounter.builder("pagecache.value.store.failures", store, failures)
                .description("Operations of a store that failed or were not tried")
                .tag("store", name)
                .register(registry);
    }
}
