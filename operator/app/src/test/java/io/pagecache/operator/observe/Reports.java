package io.pagecache.operator.observe;

import io.pagecache.operator.push.ProxyAnswer;
import io.pagecache.operator.push.ProxyPod;
import io.pagecache.operator.push.ProxyReport;
import io.pagecache.plan.ProxyState;
import io.pagecache.plan.ProxyState.PurgeResult;
import java.time.Instant;
import java.util.List;

/** What proxies might answer. */
public final class Reports {
    public static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private Reports() {}

    public static ProxyPod pod(String name) {
        return new ProxyPod(name, "uid-" + name, "10.0.0.1", true, true, false);
    }

    public static ProxyPod leaving(String name) {
        return new ProxyPod(name, "uid-" + name, "10.0.0.1", true, true, true);
    }

    public static ProxyState state(String revision, long purgeSequence, PurgeResult... results) {
        return new ProxyState(revision, purgeSequence, List.of(results), NOW, null, null, null);
    }

    public static ProxyReport reported(ProxyPod pod, ProxyState state) {
        return new ProxyReport(pod, new ProxyAnswer.Reported(state));
    }

    public static ProxyReport unreachable(ProxyPod pod) {
        return new ProxyReport(pod, new ProxyAnswer.Unreachable("connect timed out"));
    }

    public static ProxyReport refused(ProxyPod pod, ProxyState state) {
        return new ProxyReport(pod, new ProxyAnswer.Refused(state, "hosts is odd"));
    }
}
