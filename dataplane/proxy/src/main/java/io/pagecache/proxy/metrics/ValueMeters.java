package io.pagecache.proxy.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.pagecache.proxy.guard.CallGuard;
import io.pagecache.template.MarkerProblem;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

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
    private final Map<String, CallGuard> stores = new ConcurrentHashMap<>();
    private final Map<String, CallGuard> services = new ConcurrentHashMap<>();

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

    /** Shows a store; one that is opened anew under its name takes its place. */
    public void followStore(String name, CallGuard guard) {
        if (stores.put(name, guard) == null) {
            show("store", name, stores);
        }
    }

    /** Shows the service that a value comes from; another one under the value's name takes its place. */
    public void followService(String value, CallGuard guard) {
        if (services.put(value, guard) == null) {
            show("service", value, services);
        }
    }

    private void show(String kind, String name, Map<String, CallGuard> guards) {
        String tag = kind.equals("store") ? "store" : "value";
        Gauge.builder(
                        "pagecache.value." + kind + ".state",
                        guards,
                        all -> guard(all, name).state())
                .description("0: in use, 1: tried again, 2: left alone because it fails")
                .tag(tag, name)
                .register(registry);
        FunctionCounter.builder(
                        "pagecache.value." + kind + ".failures",
                        guards,
                        all -> guard(all, name).failures())
                .description("Calls that failed or were not tried")
                .tag(tag, name)
                .register(registry);
    }

    private static CallGuard guard(Map<String, CallGuard> guards, String name) {
        return Objects.requireNonNull(guards.get(name));
    }
}
