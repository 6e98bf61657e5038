package io.pagecache.store;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * Time that never steps: begins with the wall clock's and goes on by a monotonic count. What is measured by it keeps its length when
 * somebody sets the wall clock, which would otherwise make every page old at once, or none for hours.
 */
public final class SteadyClock extends Clock {
    private final Instant start;
    private final long startNanos;
    private final LongSupplier nanoTime;

    /** @param nanoTime monotonic */
    public SteadyClock(Instant start, LongSupplier nanoTime) {
        this.start = start;
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
    }

    @Override
    public Instant instant() {
        return start.plusNanos(nanoTime.getAsLong() - startNanos);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** The zone says nothing about instants. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
