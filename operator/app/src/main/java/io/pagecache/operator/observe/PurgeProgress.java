package io.pagecache.operator.observe;

import io.pagecache.operator.push.ProxyAnswer;
import io.pagecache.operator.push.ProxyReport;
import io.pagecache.plan.ProxyState;
import io.pagecache.plan.ProxyState.PurgeResult;
import io.pagecache.plan.PurgeOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How far one purge has come. It is complete when every serving proxy has applied it: a pod without a running process holds no
 * page, and one that starts later begins with an empty store.
 */
public record PurgeProgress(PurgeOrder order, List<ProxyPurge> proxies) {
    public PurgeProgress {
        proxies = List.copyOf(proxies);
    }

    /**
     * @param entries stored pages it covered there; 0 until acknowledged, and when the proxy has forgotten the number
     * @param problem why it is not acknowledged; empty when it is
     */
    public record ProxyPurge(String proxy, boolean acknowledged, int entries, String problem) {}

    public static PurgeProgress of(PurgeOrder order, List<ProxyReport> reports) {
        return new PurgeProgress(
                order,
                reports.stream()
                        .filter(report -> report.pod().isServing())
                        .map(report -> of(order, report))
                        .toList());
    }

    public boolean isComplete() {
        return proxies.stream().allMatch(ProxyPurge::acknowledged);
    }

    public boolean isOverdue(Duration deadline, Instant now) {
        return !isComplete() && now.isAfter(order.requestedAt().plus(deadline));
    }

    public int entries() {
        return proxies.stream().mapToInt(ProxyPurge::entries).sum();
    }

    /** Acknowledged of expected, such as {@code 2/2}. */
    public String summary() {
        long acknowledged = proxies.stream().filter(ProxyPurge::acknowledged).count();
        return acknowledged + "/" + proxies.size();
    }

    /** One line for each proxy that has not acknowledged it. */
    public List<String> failures() {
        return proxies.stream()
                .filter(proxy -> !proxy.acknowledged())
                .map(proxy -> proxy.proxy() + ": " + proxy.problem())
                .toList();
    }

    private static ProxyPurge of(PurgeOrder order, ProxyReport report) {
        String proxy = report.pod().name();
        return switch (report.answer()) {
            case ProxyAnswer.Reported(ProxyState state) -> of(order, proxy, state, "has not applied it yet");
            case ProxyAnswer.Refused(ProxyState state, String message) ->
                of(order, proxy, state, "does not take the plan: " + message);
            case ProxyAnswer.Unreachable(String problem) -> new ProxyPurge(proxy, false, 0, problem);
        };
    }

    private static ProxyPurge of(PurgeOrder order, String proxy, ProxyState state, String problemIfBehind) {
        if (state.purgeSequence() < order.sequence()) {
            return new ProxyPurge(proxy, false, 0, problemIfBehind);
        }
        int entries = state.recentPurges().stream()
                .filter(result -> result.sequence() == order.sequence())
                .mapToInt(PurgeResult::entries)
                .findFirst()
                .orElse(0);
        return new ProxyPurge(proxy, true, entries, "");
    }
}
