package io.pagecache.purge;

import io.pagecache.plan.ProxyState.PurgeResult;
import io.pagecache.plan.PurgeLedger;
import io.pagecache.plan.PurgeMode;
import io.pagecache.plan.PurgeOrder;
import io.pagecache.plan.PurgeScope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far this proxy has come in its policy's purge ledger. Thread-safe; {@link #apply} may take as long as a scan of the store. */
public final class PurgeLog {
    /*
     * Ledgers arrive by two ways, pushed and from the mounted ConfigMap, late, twice and out of order. What counts is the sequence:
     * orders above the one reached are applied, in order, each once; an older ledger changes nothing.
     *
     * Two ledgers cannot be followed order by order, and then everything is purged instead: one that starts above the next sequence
     * (this proxy was away for longer than the ledger remembers), and one that names another order than the one applied under the
     * same sequence (the ConfigMap was lost and numbering began anew, which would otherwise be taken for an old ledger for ever).
     */
    private static final String GAP_TOKEN = "missed purges";

    /** Longest time that an order is held until its instant. */
    public static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final Purgeable store;
    private final Clock clock;
    private final ArrayDeque<PurgeResult> recent = new ArrayDeque<>();
    private long sequence;

    public PurgeLog(Purgeable store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Applies what is new, by this proxy's own clock. */
    public List<PurgeResult> apply(PurgeLedger ledger) {
        return apply(ledger, clock.instant());
    }

    /**
     * Applies what is new, up to the first order whose time has not come.
     *
     * @param now by the clock of who wrote the ledger
     * @return a result for each order of the ledger that was applied by this call, ascending
     */
    public synchronized List<PurgeResult> apply(PurgeLedger ledger, Instant now) {
        long first = ledger.lastSequence() - ledger.orders().size() + 1;
        if (first > sequence + 1 || contradicts(ledger)) {
            startAt(first - 1);
        }
        List<PurgeResult> results = new ArrayList<>();
        for (PurgeOrder order : ledger.orders()) {
            if (order.sequence() == sequence + 1 && !isEarly(order, now)) {
                results.add(applyNext(order));
            }
        }
        return results;
    }

    /**
     * The next order of the ledger that waits for its time, or null. A cut-over is ordered a moment ahead so that all proxies hear of
     * it in time; orders after it wait behind it. One that is further ahead than {@link #LONGEST_WAIT} is the word of a clock that
     * is wrong, and does not wait.
     */
    public synchronized @Nullable PurgeOrder waiting(PurgeLedger ledger, Instant now) {
        for (PurgeOrder order : ledger.orders()) {
            if (order.sequence() == sequence + 1 && isEarly(order, now)) {
                return order;
            }
        }
        return null;
    }

    private static boolean isEarly(PurgeOrder order, Instant now) {
        PurgeOrder.CutOver cutOver = order.cutOver();
        return cutOver != null
                && now.isBefore(cutOver.at())
                && Duration.between(now, cutOver.at()).compareTo(LONGEST_WAIT) <= 0;
    }

    private boolean contradicts(PurgeLedger ledger) {
        for (PurgeOrder order : ledger.orders()) {
            for (PurgeResult done : recent) {
                if (done.sequence() == order.sequence() && !done.token().equals(order.token())) {
                    return true;
                }
            }
        }
        return false;
    }

    private void startAt(long newSequence) {
        Instant now = clock.instant();
        List<PurgeScope> everything = List.of(new PurgeScope.All());
        store.purge(new PurgeOrder(Math.max(1, newSequence), GAP_TOKEN, PurgeMode.HARD, everything, now), now);
        recent.clear();
        sequence = newSequence;
    }

    private PurgeResult applyNext(PurgeOrder order) {
        Instant now = clock.instant();
        PurgeOutcome outcome = store.purge(order, now);
        PurgeResult result = new PurgeResult(order.sequence(), order.token(), outcome.entries(), now);
        if (recent.size() == PurgeLedger.CAPACITY) {
            recent.removeFirst();
        }
        recent.addLast(result);
        sequence = order.sequence();
        return result;
    }

    /** Sequence of the last order applied, 0 before the first. */
    public synchronized long sequence() {
        return sequence;
    }

    /** Results of the newest orders, ascending, at most {@link PurgeLedger#CAPACITY}. */
    public synchronized List<PurgeResult> recent() {
        return List.copyOf(recent);
    }
}
