package io.pagecache.proxy.front;

import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What all loops of a front share.
 *
 * @param clock for {@code Date}
 * @param nanoTime for deadlines, monotonic
 * @param fastPlans what the fast path must know of the plan in force; null while nothing may be answered there
 */
record FrontShared(
        FrontLimits limits,
        FrontCounters counters,
        InstantSource clock,
        LongSupplier nanoTime,
        DataFront.Circumstances circumstances,
        Supplier<@Nullable FastPlan> fastPlans) {}
