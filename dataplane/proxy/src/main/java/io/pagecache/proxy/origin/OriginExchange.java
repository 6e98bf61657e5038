package io.pagecache.proxy.origin;

import io.pagecache.http.Headers;

/** One request on its way to the origin, as far as its connection must know of it. Written by one thread at a time. */
final class OriginExchange {
    private final OriginRequest request;
    private final boolean upgrade;
    private volatile boolean connected;
    private volatile boolean onReusedConnection;
    private volatile boolean sent;
    private volatile boolean answered;

    OriginExchange(OriginRequest request, boolean upgrade) {
        this.request = request;
        this.upgrade = upgrade;
    }

    /** Whether the answer has no body, whatever its fields say. */
    boolean isForHead() {
        return request.method().equals("HEAD");
    }

    boolean offersUpgrade() {
        return upgrade;
    }

    void connected(boolean reused) {
        connected = true;
        onReusedConnection = reused;
    }

    void sent() {
        sent = true;
    }

    boolean isSent() {
        return sent;
    }

    /** The first byte of an answer has come. */
    void answerBegins() {
        answered = true;
    }

    void interim(Interim interim) {
        request.asides().interims().accept(interim);
    }

    Headers trailers() {
        return request.bodyLength() < 0 ? request.asides().trailers().get() : Headers.EMPTY;
    }

    /**
     * Whether the failed request may be sent again without the origin seeing it twice: it never got a connection, or one that had been
     * idle and went away before a byte of an answer (RFC 9110 section 9.2.2, RFC 9112 section 9.3.1).
     */
    boolean mayBeSentAgain() {
        return !connected || (onReusedConnection && !answered);
    }
}
