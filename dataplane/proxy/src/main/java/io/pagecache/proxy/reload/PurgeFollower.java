package io.pagecache.proxy.reload;

import io.pagecache.plan.ProxyState.PurgeResult;
import io.pagecache.plan.PurgeLedger;
import io.pagecache.plan.PurgeOrder;
import io.pagecache.purge.PurgeLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Brings the store up to each ledger it is shown. A cut-over has its instant: whoever brings the ledger says what time it is by its
 * writer's clock, so that proxies whose clocks differ still cut over together.
 */
public final class PurgeFollower {
    private static final Logger LOG = Logger.getLogger(PurgeFollower.class);

    /** Runs something once, later, where it may block. */
    @FunctionalInterface
    public interface Timer {
        void in(Duration delay, Runnable work);
    }

    private final PurgeLog log;
    private final Timer timer;
    private final InstantSource clock;
    private final Consumer<PurgeOrder.CutOver> onCutOver;
    private final Consumer<PurgeResult> onApplied;
    private volatile boolean caughtUp;
    private Duration writerAhead = Duration.ZERO;
    private long timedFor;
    private volatile @Nullable String rejection;

    /** @param onCutOver told once the purge of a cut-over holds */
    public PurgeFollower(
            PurgeLog log,
            Consumer<PurgeResult> onApplied,
            Consumer<PurgeOrder.CutOver> onCutOver,
            Timer timer,
            InstantSource clock) {
        this.log = log;
        this.onApplied = onApplied;
        this.onCutOver = onCutOver;
        this.timer = timer;
        this.clock = clock;
    }

    /** Applies what is new; takes as long as a scan of the store. What has its instant yet to come is applied then. */
    public synchronized void follow(PurgeLedger ledger) {
        Instant now = clock.instant().plus(writerAhead);
        for (PurgeResult result : log.apply(ledger, now)) {
            onApplied.accept(result);
            cutOverOf(ledger, result).ifPresent(onCutOver);
        }
        PurgeOrder waiting = log.waiting(ledger, now);
        if (waiting != null && waiting.cutOver() != null && timedFor < waiting.sequence()) {
            timedFor = waiting.sequence();
            timer.in(Duration.between(now, waiting.cutOver().at()), () -> {
                synchronized (this) {
                    timedFor = 0;
                    follow(ledger);
                }
            });
        }
        caughtUp = true;
        rejection = null;
    }

    /**
     * The same for a ledger that came with the time by its writer's clock.
     *
     * @param writersNow when it was sent; off by the time on the way, which is short
     */
    public synchronized void follow(PurgeLedger ledger, Instant writersNow) {
        writerAhead = Duration.between(clock.instant(), writersNow);
        follow(ledger);
    }

    private static Optional<PurgeOrder.CutOver> cutOverOf(PurgeLedger ledger, PurgeResult result) {
        return ledger.orders().stream()
                .filter(order -> order.sequence() == result.sequence())
                .flatMap(order -> Stream.ofNullable(order.cutOver()))
                .findFirst();
    }

    /** Notes that the newest ledger was no good. */
    void reject(String why) {
        if (!why.equals(rejection)) {
            LOG.warnf("refused %s", why);
        }
        rejection = why;
    }

    /** Why the newest ledger was not followed, or null. */
    public @Nullable String rejection() {
        return rejection;
    }

    public long sequence() {
        return log.sequence();
    }

    /** Results of the newest purges, ascending. */
    public List<PurgeResult> recent() {
        return log.recent();
    }

    /** Whether the first ledger has been followed to its end. Later ones do not make a serving proxy unready. */
    public boolean hasCaughtUp() {
        return caughtUp;
    }
}
