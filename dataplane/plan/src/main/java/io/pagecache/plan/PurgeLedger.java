package io.pagecache.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The recent purges of a policy in order. A pod that starts with an empty store only needs {@code lastSequence}; one that missed
 * more than the ledger still holds purges everything.
 *
 * @param lastSequence sequence of the newest purge ever ordered, 0 when there was none
 * @param orders the newest orders, ascending, without gaps, ending at {@code lastSequence}; at most {@link #CAPACITY}
 */
public record PurgeLedger(long lastSequence, List<PurgeOrder> orders) {
    /** Orders kept: a pod that was away for more of them than this starts from an empty cache. */
    public static final int CAPACITY = 256;

    /** Request header with the time by the sender's clock, ISO 8601: by it a proxy knows when the instant of a cut-over has come. */
    public static final String SENT_AT = "Pagecache-Sent-At";

    public static final PurgeLedger EMPTY = new PurgeLedger(0, List.of());

    public PurgeLedger {
        orders = List.copyOf(orders);
        if (orders.size() > CAPACITY) {
            throw new InvalidPlanException(
                    "purges.orders", "has %d entries: at most %d".formatted(orders.size(), CAPACITY));
        }
        long expected = lastSequence - orders.size() + 1;
        for (PurgeOrder order : orders) {
            if (order.sequence() != expected++) {
                throw new InvalidPlanException(
                        "purges.orders",
                        "has sequence %d where %d was expected".formatted(order.sequence(), expected - 1));
            }
        }
    }

    /** This ledger with one more purge; the oldest order makes room for it when there are {@link #CAPACITY}. */
    public PurgeLedger append(String token, PurgeMode mode, List<PurgeScope> scopes, Instant requestedAt) {
        long sequence = lastSequence + 1;
        List<PurgeOrder> kept = new ArrayList<>(orders.size() < CAPACITY ? orders : orders.subList(1, CAPACITY));
        kept.add(new PurgeOrder(sequence, token, mode, scopes, requestedAt));
        return new PurgeLedger(sequence, kept);
    }
}
