package io.pagecache.proxy.elements;

import io.pagecache.plan.Pages;
import io.pagecache.plan.ValueSource;
import io.pagecache.proxy.guard.CallGuard;
import io.pagecache.proxy.metrics.ValueMeters;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The services that values of the plan in force come from, each behind a guard of its own. Guards outlive changes of the plan. */
public final class ValueServices {

    /** What makes a guard the same one under another plan. */
    private record Asked(String name, String url, Duration timeout) {}

    private final Vertx vertx;
    private final ValueFetcher fetcher;
    private final ValueMeters meters;
    private final Map<Asked, CallGuard> guards = new ConcurrentHashMap<>();

    public ValueServices(Vertx vertx, ValueMeters meters) {
        this.vertx = vertx;
        this.fetcher = new ValueFetcher(vertx);
        this.meters = meters;
    }

    HttpValue value(Pages.Value declared, ValueSource.Http source, KeptValues kept) {
        CallGuard guard = guards.computeIfAbsent(asked(declared, source), this::guard);
        return new HttpValue(declared, source, new HttpValue.Service(fetcher, guard), kept);
    }

    /** Forgets the guards of values that no plan has any more. */
    public void keepOnly(Pages pages) {
        Set<Asked> declared = pages.values().stream()
                .filter(value -> value.source() instanceof ValueSource.Http)
                .map(value -> asked(value, (ValueSource.Http) value.source()))
                .collect(Collectors.toSet());
        guards.keySet().retainAll(declared);
    }

    private static Asked asked(Pages.Value value, ValueSource.Http source) {
        return new Asked(value.name(), source.url(), value.timeout());
    }

    /** The reader has gone on with the fallback after one timeout: a service has failed after two. */
    private CallGuard guard(Asked asked) {
        CallGuard guard = new CallGuard(
                vertx, "service of value " + asked.name(), asked.timeout().multipliedBy(2));
        meters.followService(asked.name(), guard);
        return guard;
    }
}
