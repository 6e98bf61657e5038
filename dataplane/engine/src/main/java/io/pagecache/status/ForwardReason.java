package io.pagecache.status;

/** Why a request went to the origin: the values of {@code fwd} (RFC 9211 section 2.2). */
public enum ForwardReason {
    BYPASS("bypass"),
    METHOD("method"),
    URI_MISS("uri-miss"),
    VARY_MISS("vary-miss"),
    REQUEST("request"),
    STALE("stale"),
    PARTIAL("partial");

    private final String token;

    ForwardReason(String token) {
        this.token = token;
    }

    public String token() {
        return token;
    }
}
