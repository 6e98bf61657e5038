package io.pagecache.proxy.metrics;

import java.util.Locale;

/** The five ways a request can end; each request counts in exactly one. */
public enum Outcome {
    HIT,
    MISS,
    STALE,
    BYPASS,
    ERROR;

    private final String token = name().toLowerCase(Locale.ROOT);

    public String token() {
        return token;
    }
}
