package io.pagecache.operator.http;

import java.time.Duration;
import java.time.InstantSource;

/** A bucket of calls that fills up again with time. Thread-safe. */
final class CallRate {
    private final int capacity;
    private final double perMilli;
    private final InstantSource clock;
    private double left;
    private long filledAt;

    /**
     * @param capacity calls that may come at once
     * @param perSecond calls that may come for ever
     */
    CallRate(int capacity, int perSecond, InstantSource clock) {
        this.capacity = capacity;
        this.perMilli = perSecond / 1000.0;
        this.clock = clock;
        this.left = capacity;
        this.filledAt = clock.millis();
    }

    /** Takes one call out; zero when that was possible, otherwise how long to wait for the next. */
    synchronized Duration take() {
        long now = clock.millis();
        left = Math.min(capacity, left + Math.max(0, now - filledAt) * perMilli);
        filledAt = now;
        if (left >= 1) {
            left -= 1;
            return Duration.ZERO;
        }
        return Duration.ofMillis((long) Math.ceil((1 - left) / perMilli));
    }
}
