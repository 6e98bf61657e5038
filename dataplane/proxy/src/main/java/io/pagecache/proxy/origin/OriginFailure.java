package io.pagecache.proxy.origin;

import io.pagecache.status.Reason;

/** Why the origin gave no usable answer, and the status a client gets for it when nothing better is stored. */
public enum OriginFailure {
    /** The plan names no origin that exists. */
    UNRESOLVED(503, Reason.ORIGIN_UNRESOLVED),
    /** All connections are in use and the queue behind them is full or too slow. */
    OVERLOADED(503, Reason.OVERLOADED),
    UNREACHABLE(502, Reason.ORIGIN_UNREACHABLE),
    TIMEOUT(504, Reason.ORIGIN_TIMEOUT),
    /** The client's body is larger than the plan allows: the origin has done nothing wrong. */
    REQUEST_TOO_LARGE(413, Reason.BODY_TOO_LARGE),
    /** It answered with something that is not HTTP, that nobody asked for, or that broke off. */
    BROKEN_ANSWER(502, Reason.ORIGIN_BROKEN_ANSWER);

    private final int status;
    private final Reason reason;

    OriginFailure(int status, Reason reason) {
        this.status = status;
        this.reason = reason;
    }

    public int status() {
        return status;
    }

    public Reason reason() {
        return reason;
    }

    /** Whether another try at once could do better: the request never reached a working connection. */
    boolean isWorthRetrying() {
        return this == UNREACHABLE || this == BROKEN_ANSWER;
    }
}
