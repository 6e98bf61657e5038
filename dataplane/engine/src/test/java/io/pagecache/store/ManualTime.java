package io.pagecache.store;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock and a ticker that only move together and by hand. */
final class ManualTime extends Clock implements Ticker {
    static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private volatile Instant now = START;
    private Runnable atNextRead = () -> {};

    void advance(Duration by) {
        now = now.plus(by);
    }

    /** Runs something at the moment the cache next looks at the ticker, which is in the middle of a look-up. */
    void atNextRead(Runnable action) {
        atNextRead = action;
    }

    @Override
    public long read() {
        Runnable action = atNextRead;
        atNextRead = () -> {};
        action.run();
        return Duration.between(START, now).toNanos();
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return InstantSource.fixed(now).withZone(zone);
    }
}
