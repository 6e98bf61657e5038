package io.pagecache.proxy.front;

import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * What all loops of a front share.
 *
 * @param clock for {@code Date}
 * @param nanoTime for deadlines, monotonic
 * @param isDraining whether each answer is to be its connection's last
 */
record FrontShared(
        FrontLimits limits,
        FrontCounters counters,
        InstantSource clock,
        LongSupplier nanoTime,
        BooleanSupplier isDraining) {}
