package io.pagecache.proxy.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.pagecache.status.FragmentAbsence;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The fragments of ESI pages as Prometheus series. */
public final class FragmentMeters {
    private final Map<Outcome, Counter> joined = new EnumMap<>(Outcome.class);
    private final Map<FragmentAbsence, Counter> absent = new EnumMap<>(FragmentAbsence.class);

    public FragmentMeters(MeterRegistry registry) {
        for (Outcome outcome : Outcome.values()) {
            joined.put(
                    outcome,
                    Counter.builder("pagecache.esi.fragments")
                            .description("Fragments joined into pages, by where they came from")
                            .tag("outcome", outcome.token())
                            .register(registry));
        }
        for (FragmentAbsence reason : FragmentAbsence.values()) {
            absent.put(
                    reason,
                    Counter.builder("pagecache.esi.fragments.absent")
                            .description("Fragments that pages had to do without, by why")
                            .tag("reason", reason.token())
                            .register(registry));
        }
    }

    /** @param outcome where it came from */
    public void joined(Outcome outcome) {
        Objects.requireNonNull(joined.get(outcome)).increment();
    }

    public void absent(FragmentAbsence reason) {
        Objects.requireNonNull(absent.get(reason)).increment();
    }
}
