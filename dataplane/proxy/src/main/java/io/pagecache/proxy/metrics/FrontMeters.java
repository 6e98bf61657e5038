package io.pagecache.proxy.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.pagecache.proxy.front.Deadlines.Overdue;
import io.pagecache.proxy.front.FrontCounters;
import io.pagecache.proxy.front.Refusal;

/** What the front refused and closed, as Prometheus series. */
public final class FrontMeters {
    private FrontMeters() {}

    public static void register(MeterRegistry registry, FrontCounters counters) {
        for (Refusal refusal : Refusal.values()) {
            FunctionCounter.builder("pagecache.front.refused", counters, all -> all.refusals(refusal))
                    .description("Messages refused before anything looked at them, by what was wrong")
                    .tag("reason", refusal.token())
                    .register(registry);
        }
        for (Overdue overdue : new Overdue[] {Overdue.REQUEST, Overdue.SEND, Overdue.LINGER}) {
            FunctionCounter.builder("pagecache.front.timeouts", counters, all -> all.timeouts(overdue))
                    .description("Connections closed without an answer, by what took too long")
                    .tag("waiting_for", overdue.token())
                    .register(registry);
        }
        FunctionCounter.builder("pagecache.front.fast", counters, FrontCounters::fastAnswers)
                .description("Requests answered from bytes to bytes, without the HTTP library")
                .register(registry);
    }
}
