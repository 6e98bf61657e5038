package io.pagecache.proxy.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.pagecache.proxy.origin.AnswerFault;
import io.pagecache.proxy.origin.OriginFailure;
import io.pagecache.proxy.origin.OriginTraffic;
import io.pagecache.status.Reason;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The traffic as Prometheus series. Labels take values from enums and from the plan's rule names; once {@value #MOST_SERIES}
 * combinations exist, further rules are counted as {@code other}, so no client and no plan can grow the registry without end.
 */
public final class TrafficMeters implements OriginTraffic {
    static final int MOST_SERIES = 2000;

    private record Labels(Outcome outcome, Reason reason, String rule) {}

    private final MeterRegistry registry;
    private final Map<Labels, Counter> requests = new ConcurrentHashMap<>();
    private final Map<Outcome, Timer> durations = new EnumMap<>(Outcome.class);
    private final Map<OriginFailure, Counter> failures = new EnumMap<>(OriginFailure.class);
    private final Map<AnswerFault, Counter> faults = new EnumMap<>(AnswerFault.class);
    private final Counter[] answersByClass = new Counter[6];
    private final Counter bytesServed;
    private final Counter originRequests;
    private final Counter originBytes;
    private final Timer originDuration;

    public TrafficMeters(MeterRegistry registry) {
        this.registry = registry;
        for (Outcome outcome : Outcome.values()) {
            durations.put(
                    outcome,
                    histogram("pagecache.request.duration", "From the request's head to the end of the reply")
                            .tag("outcome", outcome.token())
                            .register(registry));
        }
        for (OriginFailure failure : OriginFailure.values()) {
            failures.put(
                    failure,
                    registry.counter(
                            "pagecache.origin.failures",
                            "reason",
                            failure.reason().token()));
        }
        for (AnswerFault fault : AnswerFault.values()) {
            faults.put(fault, registry.counter("pagecache.origin.answers.refused", "fault", fault.token()));
        }
        for (int hundreds = 1; hundreds <= 5; hundreds++) {
            answersByClass[hundreds] = registry.counter("pagecache.origin.answers", "status", hundreds + "xx");
        }
        bytesServed = Counter.builder("pagecache.response.bytes")
                .description("Body bytes sent to clients")
                .register(registry);
        originRequests = Counter.builder("pagecache.origin.requests")
                .description("Requests sent to the origin, background refreshes and retries included")
                .register(registry);
        originBytes = Counter.builder("pagecache.origin.bytes")
                .description("Body bytes received from the origin")
                .register(registry);
        originDuration = histogram("pagecache.origin.duration", "From asking the origin to the head of its answer")
                .register(registry);
    }

    private static Timer.Builder histogram(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(
                        Duration.ofNanos(500_000),
                        Duration.ofMillis(1),
                        Duration.ofMillis(5),
                        Duration.ofMillis(25),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofMillis(2500),
                        Duration.ofSeconds(10));
    }

    public void count(FinishedRequest request) {
        Provenance provenance = request.provenance();
        counter(provenance).increment();
        java.util.Objects.requireNonNull(durations.get(provenance.outcome()))
                .record(request.durationMicros(), TimeUnit.MICROSECONDS);
        bytesServed.increment(request.bytes());
    }

    /** One more reply of this kind, from the fast path; durations are those of the full chain only. */
    public void repeated(Provenance provenance, long bytes) {
        counter(provenance).increment();
        bytesServed.increment(bytes);
    }

    private Counter counter(Provenance provenance) {
        Labels labels = new Labels(provenance.outcome(), provenance.reason(), provenance.rule());
        Counter known = requests.get(labels);
        if (known != null) {
            return known;
        }
        Labels bounded =
                requests.size() < MOST_SERIES ? labels : new Labels(provenance.outcome(), provenance.reason(), "other");
        return requests.computeIfAbsent(bounded, this::register);
    }

    private Counter register(Labels labels) {
        return Counter.builder("pagecache.requests")
                .description("Client requests by what became of them, why, and under which rule")
                .tag("outcome", labels.outcome().token())
                .tag("reason", labels.reason().token())
                .tag("rule", labels.rule())
                .register(registry);
    }

    @Override
    public void sent() {
        originRequests.increment();
    }

    @Override
    public void received(long bytes) {
        originBytes.increment(bytes);
    }

    @Override
    public void answered(int status, long micros) {
        answersByClass[status / 100].increment();
        originDuration.record(micros, TimeUnit.MICROSECONDS);
    }

    @Override
    public void refused(AnswerFault fault) {
        java.util.Objects.requireNonNull(faults.get(fault)).increment();
    }

    @Override
    public void failed(OriginFailure failure) {
        java.util.Objects.requireNonNull(failures.get(failure)).increment();
    }
}
