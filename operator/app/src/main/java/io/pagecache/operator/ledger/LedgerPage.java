package io.pagecache.operator.ledger;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.pagecache.operator.compile.PlanJson;
import io.pagecache.operator.desired.PolicyChildren;
import io.pagecache.plan.AuthorRoll;
import io.pagecache.plan.PurgeLedger;
import io.pagecache.plan.PurgeMode;
import io.pagecache.plan.PurgeOrder;
import io.pagecache.plan.PurgeScope;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The ledger as it is stored, with the memory of which annotation it answered last. That memory is written together with the
 * order, so that no restart repeats or loses one.
 *
 * @param annotation value of the purge annotation that was taken up last, or null
 * @param authors who edits
 * @param taken what else was taken up
 */
public record LedgerPage(PurgeLedger ledger, @Nullable String annotation, AuthorRoll authors, TakenUp taken) {
    /** On the ConfigMap: the value of the policy's purge annotation that was taken up last. */
    static final String TAKEN_UP = "pagecache.io/purge-taken-up";

    /**
     * A ConfigMap holds 1 MiB and the plan needs most of it. The oldest orders make room; a proxy that missed one of them purges
     * everything, and so does each proxy when a single order is longer than this.
     */
    private static final int MAX_CHARACTERS = 256 * 1024;

    public static final LedgerPage EMPTY = new LedgerPage(PurgeLedger.EMPTY, null);

    LedgerPage(PurgeLedger ledger, @Nullable String annotation) {
        this(ledger, annotation, AuthorRoll.EMPTY, TakenUp.NOTHING);
    }

    /** What the ConfigMap holds; nothing counts as an empty ledger. */
    public static LedgerPage of(@Nullable ConfigMap stored) {
        if (stored == null) {
            return EMPTY;
        }
        Map<String, String> data = Objects.requireNonNullElse(stored.getData(), Map.of());
        Map<String, String> annotations =
                Objects.requireNonNullElse(stored.getMetadata().getAnnotations(), Map.of());
        String json = data.get(PolicyChildren.PURGES_KEY);
        String roll = data.get(PolicyChildren.AUTHORS_KEY);
        return new LedgerPage(
                json == null ? PurgeLedger.EMPTY : readable(json),
                annotations.get(TAKEN_UP),
                roll == null ? AuthorRoll.EMPTY : readableRoll(roll),
                TakenUp.of(annotations));
    }

    /** A roll that is lost comes back from the proxies. */
    private static AuthorRoll readableRoll(String json) {
        try {
            return PlanJson.read(json, AuthorRoll.class);
        } catch (IOException e) {
            return AuthorRoll.EMPTY;
        }
    }

    /** A ledger that somebody made unreadable is lost; {@link #raisedTo} mends what follows from that. */
    private static PurgeLedger readable(String json) {
        try {
            return PlanJson.read(json, PurgeLedger.class);
        } catch (IOException e) {
            return PurgeLedger.EMPTY;
        }
    }

    /** The page with one more order, unless an order of that token is in the ledger already. */
    public LedgerPage order(String token, PurgeMode mode, List<PurgeScope> scopes, Instant now) {
        return find(token).isPresent() ? this : append(token, mode, scopes, now);
    }

    /** The page with the annotation's order, unless that very value was taken up last. */
    public LedgerPage takeUp(String value, PurgeMode mode, List<PurgeScope> scopes, Instant now) {
        if (value.equals(annotation)) {
            return this;
        }
        return append(value, mode, scopes, now).remember(value);
    }

    /** The page that remembers the value as taken up without a new order. */
    public LedgerPage remember(String value) {
        return new LedgerPage(ledger, value, authors, taken);
    }

    /** The page with another roll of authors. */
    public LedgerPage withAuthors(AuthorRoll roll) {
        return new LedgerPage(ledger, annotation, roll, taken);
    }

    /** The page that remembers this value of the authors annotation as taken up. */
    public LedgerPage rememberAuthors(String value) {
        return new LedgerPage(ledger, annotation, authors, taken.withAuthors(value));
    }

    /** The page that has purged for the bypasses that ended up to then. */
    public LedgerPage rememberBypasses(Instant upTo) {
        return new LedgerPage(ledger, annotation, authors, taken.withBypasses(upTo));
    }

    /** The page that has purged for these versions of workloads. */
    public LedgerPage rememberRollouts(Map<String, String> versions) {
        return new LedgerPage(ledger, annotation, authors, taken.withRollouts(versions));
    }

    /** The page whose hooks have been called up to these purges. */
    public LedgerPage rememberHooks(Map<String, Long> told) {
        return new LedgerPage(ledger, annotation, authors, taken.withHooks(told));
    }

    /** The page with one more order, although one of that token may be in the ledger. */
    public LedgerPage orderAgain(String token, PurgeMode mode, List<PurgeScope> scopes, Instant now) {
        return append(token, mode, scopes, now);
    }

    /** The page with the order to cut over: the whole site, at one instant. */
    public LedgerPage cutOver(PurgeOrder.CutOver cutOver, Instant now) {
        String token = "cut-over " + cutOver.publishes();
        return find(token).isPresent()
                ? this
                : append(sequence ->
                        new PurgeOrder(sequence, token, PurgeMode.HARD, List.of(new PurgeScope.All()), now, cutOver));
    }

    /**
     * The page after a loss: proxies have applied more orders than are stored. Numbering goes on above theirs, for they ignore
     * what they believe to have applied; a proxy below starts from an empty cache. Nobody knows which of the stored orders were
     * numbered after the loss and therefore ignored, so all of them are ordered again.
     */
    public LedgerPage raisedTo(long sequence) {
        if (sequence <= ledger.lastSequence()) {
            return this;
        }
        List<PurgeOrder> again = new ArrayList<>();
        long last = sequence;
        for (PurgeOrder order : ledger.orders()) {
            last++;
            again.add(order.withSequence(last));
        }
        return new LedgerPage(new PurgeLedger(last, again), annotation, authors, taken);
    }

    /** The newest order of that token that is still in the ledger. */
    public Optional<PurgeOrder> find(String token) {
        return ledger.orders().reversed().stream()
                .filter(order -> order.token().equals(token))
                .findFirst();
    }

    private LedgerPage append(String token, PurgeMode mode, List<PurgeScope> scopes, Instant now) {
        return append(sequence -> new PurgeOrder(sequence, token, mode, scopes, now));
    }

    private LedgerPage append(LongFunction<PurgeOrder> order) {
        long sequence = ledger.lastSequence() + 1;
        List<PurgeOrder> orders = new ArrayList<>(ledger.orders());
        orders.add(order.apply(sequence));
        if (orders.size() > PurgeLedger.CAPACITY) {
            orders.removeFirst();
        }
        while (!orders.isEmpty() && PlanJson.write(orders).length() > MAX_CHARACTERS) {
            orders.removeFirst();
        }
        return new LedgerPage(new PurgeLedger(sequence, orders), annotation, authors, taken);
    }
}
