package io.pagecache.proxy.front;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the connections of one event loop share: the scanner, its scratch bytes, and one timer that looks at every connection
 * once a second. A request so costs a clock nothing but reading a field. Used on its event loop only.
 */
final class FrontLoop {
    private static final Duration TICK = Duration.ofSeconds(1);

    /** Long enough for a busy client to send the request that will be answered with {@code Connection: close}. */
    private static final Duration SHORT_IDLE = Duration.ofSeconds(2);

    final FrontLimits limits;
    final FrontCounters counters;
    final RequestScanner scanner;
    final byte[] scratch;
    final FastPath fastPath;

    private final FrontShared shared;
    private final List<FrontHandler> connections = new ArrayList<>();
    private @Nullable ScheduledFuture<?> timer;
    private int streamLanes;
    private long now;

    FrontLoop(FrontShared shared) {
        this.shared = shared;
        this.limits = shared.limits();
        this.counters = shared.counters();
        this.fastPath = new FastPath(
                shared.fastPlans(), shared.clock()::millis, shared.counters().fastHits());
        this.scanner = new RequestScanner(limits);
        this.scratch = new byte[limits.maxHead() + Long.BYTES];
        this.now = shared.nanoTime().getAsLong();
    }

    /** Nanoseconds at the last tick: up to one second behind. */
    long now() {
        return now;
    }

    Instant instant() {
        return shared.clock().instant();
    }

    boolean isDraining() {
        return shared.circumstances().isDraining();
    }

    /** How long a connection may be open without a request under way. */
    Duration idleLimit(boolean servedBefore) {
        if (isDraining() || shared.circumstances().isCrowded()) {
            return SHORT_IDLE;
        }
        return servedBefore ? limits.idleTimeout() : limits.headTimeout();
    }

    void add(FrontHandler connection, EventExecutor executor) {
        beginTicking(executor);
        connection.place = connections.size();
        connections.add(connection);
        counters.opened();
    }

    void remove(FrontHandler connection) {
        FrontHandler last = connections.removeLast();
        if (last != connection) {
            connections.set(connection.place, last);
            last.place = connection.place;
        }
        counters.closed();
        endTickingIfIdle();
    }

    void addStreamLane(EventExecutor executor) {
        beginTicking(executor);
        streamLanes++;
    }

    void removeStreamLane() {
        streamLanes--;
        endTickingIfIdle();
    }

    private void beginTicking(EventExecutor executor) {
        if (timer == null) {
            now = shared.nanoTime().getAsLong();
            timer = executor.scheduleAtFixedRate(this::tick, TICK.toNanos(), TICK.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void endTickingIfIdle() {
        if (connections.isEmpty() && streamLanes == 0 && timer != null) {
            timer.cancel(false);
            timer = null;
            fastPath.close();
        }
    }

    /** Backwards, because a connection that is closed is replaced by the last one. */
    void tick() {
        now = shared.nanoTime().getAsLong();
        fastPath.tidy();
        for (int i = connections.size() - 1; i >= 0; i--) {
            if (i < connections.size()) {
                connections.get(i).checkDeadlines(now);
            }
        }
    }
}
