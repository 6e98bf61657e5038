package io.pagecache.proxy.h2;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * What all HTTP/2 connections of a port share.
 *
 * @param nanoTime monotonic
 * @param isDraining whether connections are to end with the requests that are under way
 */
public record Http2Shared(Patience limits, Http2Counters counters, LongSupplier nanoTime, BooleanSupplier isDraining) {

    /**
     * @param headTimeout for a first request, and for each header block from its first frame to its last
     * @param idleTimeout without any open stream
     */
    public record Patience(
            Duration headTimeout, Duration idleTimeout, Duration sendTimeout, Duration bodyWindow, int minBytes) {
        StreamProgress.Pace pace() {
            return new StreamProgress.Pace(sendTimeout, bodyWindow, minBytes);
        }
    }

    long now() {
        return nanoTime.getAsLong();
    }
}
