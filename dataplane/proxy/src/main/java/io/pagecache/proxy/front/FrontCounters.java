package io.pagecache.proxy.front;

import io.pagecache.proxy.front.Deadlines.Overdue;
import java.util.concurrent.atomic.LongAdder;

/** What the front did, for metrics. Safe for all threads. */
public final class FrontCounters {

    private final LongAdder[] refusals = adders(Refusal.values().length);
    private final LongAdder[] timeouts = adders(Overdue.values().length);
    private final LongAdder accepted = new LongAdder();
    private final LongAdder closed = new LongAdder();
    private final LongAdder fastHits = new LongAdder();

    private static LongAdder[] adders(int count) {
        LongAdder[] adders = new LongAdder[count];
        for (int i = 0; i < count; i++) {
            adders[i] = new LongAdder();
        }
        return adders;
    }

    LongAdder fastHits() {
        return fastHits;
    }

    void refused(Refusal why) {
        refusals[why.ordinal()].increment();
    }

    void timedOut(Overdue what) {
        timeouts[what.ordinal()].increment();
    }

    void opened() {
        accepted.increment();
    }

    void closed() {
        closed.increment();
    }

    /** Messages refused for this reason since start. */
    public long refusals(Refusal why) {
        return refusals[why.ordinal()].sum();
    }

    /** Connections closed since start because this took too long. */
    public long timeouts(Overdue what) {
        return timeouts[what.ordinal()].sum();
    }

    /** Requests answered on the fast path since start. */
    public long fastAnswers() {
        return fastHits.sum();
    }

    /** Connections guarded now. */
    public long connections() {
        return accepted.sum() - closed.sum();
    }
}
