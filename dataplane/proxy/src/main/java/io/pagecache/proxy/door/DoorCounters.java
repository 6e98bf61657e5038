package io.pagecache.proxy.door;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Who came in and who did not, for metrics. Safe for all threads. */
public final class DoorCounters {

    /** Why a connection was closed before anything was asked on it; lower case with hyphens it is a metric label. */
    public enum TurnedAway {
        /** There are as many as there may be. */
        TOO_MANY,
        /** What begins the connection of a trusted peer is no PROXY protocol header. */
        PROXY_HEADER,
        /** No PROXY protocol header, or no first bytes, in time. */
        TOO_SLOW;

        public String token() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final AtomicInteger open = new AtomicInteger();
    private final LongAdder[] turnedAway = new LongAdder[TurnedAway.values().length];

    DoorCounters() {
        for (int i = 0; i < turnedAway.length; i++) {
            turnedAway[i] = new LongAdder();
        }
    }

    /** Counts one more, unless that would be more than there may be. */
    boolean enter(int most) {
        if (open.incrementAndGet() <= most) {
            return true;
        }
        open.decrementAndGet();
        return false;
    }

    void leave() {
        open.decrementAndGet();
    }

    void turnAway(TurnedAway why) {
        turnedAway[why.ordinal()].increment();
    }

    /** Connections of clients that are open now. */
    public int open() {
        return open.get();
    }

    /** Connections closed since start for this reason. */
    public long turnedAway(TurnedAway why) {
        return turnedAway[why.ordinal()].sum();
    }
}
