package io.pagecache.operator.push;

import io.pagecache.plan.ProxyState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One proxy pod and how it answered in this pass.
 *
 * @param clockAhead how far its clock is at least ahead of ours, negative when it is behind; zero when it may be right
 */
public record ProxyReport(ProxyPod pod, ProxyAnswer answer, Duration clockAhead) {

    public ProxyReport(ProxyPod pod, ProxyAnswer answer) {
        this(pod, answer, Duration.ZERO);
    }

    /** The highest sequence of a purge that any of the proxies has applied; 0 when none has. */
    public static long highestPurge(List<ProxyReport> reports) {
        return reports.stream()
                .flatMap(report -> report.state().stream())
                .mapToLong(ProxyState::purgeSequence)
                .max()
                .orElse(0);
    }

    /** What the proxy said about itself, if it said anything. */
    public Optional<ProxyState> state() {
        return switch (answer) {
            case ProxyAnswer.Reported reported -> Optional.of(reported.state());
            case ProxyAnswer.Refused refused -> Optional.of(refused.state());
            case ProxyAnswer.Unreachable unreachable -> Optional.empty();
        };
    }
}
