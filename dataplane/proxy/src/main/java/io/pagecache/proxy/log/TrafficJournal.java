package io.pagecache.proxy.log;

import io.pagecache.plan.AccessLog;
import io.pagecache.proxy.metrics.FinishedRequest;
import io.pagecache.proxy.metrics.TrafficCounters;
import io.pagecache.proxy.metrics.TrafficMeters;
import io.pagecache.proxy.metrics.VisitorCount;

/** Everybody who wants to know of a finished request; all of them are told the same. */
public final class TrafficJournal {
    private final TrafficCounters counters;
    private final TrafficMeters meters;
    private final AccessLogWriter accessLog;
    private final VisitorCount visitors;

    public TrafficJournal(
            TrafficCounters counters, TrafficMeters meters, AccessLogWriter accessLog, VisitorCount visitors) {
        this.counters = counters;
        this.meters = meters;
        this.accessLog = accessLog;
        this.visitors = visitors;
    }

    public void finished(AccessLog wanted, FinishedRequest request) {
        counters.count(request);
        meters.count(request);
        accessLog.log(wanted, request);
        visitors.seen(request.client());
    }

    /** A client whose request was answered on the fast path. */
    public void visited(String client) {
        visitors.seen(client);
    }

    /** One more request that got the same reply as this one. */
    public void repeated(FinishedRequest first, long bytes) {
        counters.repeated(first.provenance().outcome(), bytes);
        meters.repeated(first.provenance(), bytes);
    }

    /** Whether a repetition is to be logged: asked once for each. */
    public boolean wantsLog(AccessLog wanted) {
        return accessLog.chooses(wanted);
    }
}
