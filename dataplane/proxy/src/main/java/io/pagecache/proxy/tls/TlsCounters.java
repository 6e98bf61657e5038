package io.pagecache.proxy.tls;

import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/** How handshakes ended. Safe for all threads. */
public final class TlsCounters {

    /** Outcome of a handshake; lower case with hyphens it is a metric label. */
    public enum Handshake {
        DONE,
        /** No certificate for the server name that the client asked for, or none at all. */
        UNKNOWN_NAME,
        TIMED_OUT,
        FAILED,
        /** A client that wanted to negotiate a second time. */
        RENEGOTIATION;

        public String token() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final LongAdder[] handshakes = new LongAdder[Handshake.values().length];

    public TlsCounters() {
        for (int i = 0; i < handshakes.length; i++) {
            handshakes[i] = new LongAdder();
        }
    }

    void count(Handshake how) {
        handshakes[how.ordinal()].increment();
    }

    /** Since start. */
    public long handshakes(Handshake how) {
        return handshakes[how.ordinal()].sum();
    }
}
