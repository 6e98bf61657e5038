package io.pagecache.store;

import io.pagecache.purge.FetchMark;
import io.pagecache.purge.PageFacts;
import io.pagecache.status.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Puts pages into the store, and says why not. */
final class PageInsertion {
    private final Shelves shelves;
    private final LongSupplier largestPage;
    private final BooleanSupplier holding;
    private final ToLongFunction<StoredEntry> retention;

    /**
     * @param largestPage bytes that a page may cost
     * @param holding whether no stored page is replaced at present
     * @param retention nanoseconds for which an entry stays
     */
    PageInsertion(
            Shelves shelves, LongSupplier largestPage, BooleanSupplier holding, ToLongFunction<StoredEntry> retention) {
        this.shelves = shelves;
        this.largestPage = largestPage;
        this.holding = holding;
        this.retention = retention;
    }

    /** @param expected the page that the new one replaces, if it is still there; null to replace whatever is */
    PutOutcome put(StoredPage page, FetchMark mark, @Nullable StoredPage expected) {
        long cost = StoreBudget.costOf(page);
        if (cost > largestPage.getAsLong()) {
            return refuse(Reason.TOO_LARGE);
        }
        VariantKey variant = VariantKey.of(page);
        PageFacts facts = StoredEntry.factsOf(page);
        PutOutcome outcome = shelves.fence().cross(mark, facts, crossed -> {
            Instant now = shelves.clock().instant();
            StoredEntry entry = StoredEntry.of(page, crossed, now, Math.toIntExact(cost));
            if (entry.remainingNanos(now) <= 0) {
                return refuse(Reason.NO_LIFETIME);
            }
            return insert(variant, entry, expected);
        });
        return outcome == null ? refuse(Reason.PURGED_MEANWHILE) : outcome;
    }

    private PutOutcome insert(VariantKey variant, StoredEntry entry, @Nullable StoredPage expected) {
        if (expected != null && !VariantKey.of(expected).equals(variant)) {
            return isStored(expected) ? insert(variant, entry, null) : refuse(Reason.ABSENT);
        }
        makeRoom(variant);
        shelves.errors().expect(variant, entry, retention.applyAsLong(entry));
        List<VariantKey> superseded = new ArrayList<>(0);
        @Nullable Reason[] refusal = new Reason[1];
        shelves.pages().asMap().compute(variant, (key, before) -> {
            refusal[0] = objection(entry, expected, before);
            if (refusal[0] == null && !shelves.variants().add(key, superseded)) {
                refusal[0] = Reason.VARIANT_LIMIT;
                shelves.counters().variantLimit(key);
            }
            if (refusal[0] != null) {
                return before;
            }
            shelves.tags()
                    .replace(
                            key,
                            before == null ? List.of() : before.page().tags(),
                            entry.page().tags());
            return entry;
        });
        if (refusal[0] != null) {
            return refuse(refusal[0]);
        }
        superseded.forEach(this::removeUnlessIndexed);
        if (shelves.errors().hasDropped(variant, entry)) {
            dropError(variant);
        }
        shelves.uncacheable().remove(variant.key());
        return PutOutcome.STORED;
    }

    /** Why the entry may not take the place of the one before, if there is a reason. */
    private @Nullable Reason objection(StoredEntry entry, @Nullable StoredPage expected, @Nullable StoredEntry before) {
        if (expected != null && !mayBeServedAs(expected, before)) {
            return Reason.ABSENT;
        }
        if (holding.getAsBoolean() && isHeld(before)) {
            return Reason.HELD_FOR_AUTHORS;
        }
        return entry.page().part() != null && isWhole(before) ? Reason.PARTIAL_CONTENT : null;
    }

    private boolean isWhole(@Nullable StoredEntry entry) {
        return entry != null
                && entry.page().part() == null
                && entry.unlessPurged(shelves.fence().pending()) != null;
    }

    /** A URL that has all the variants it may have gives up the one that was asked for longest ago (HARDENING D10). */
    private void makeRoom(VariantKey variant) {
        VariantKey coldest = null;
        long since = Long.MAX_VALUE;
        for (VariantKey rival : shelves.variants().rivalsOf(variant)) {
            StoredEntry entry = shelves.pages().policy().getIfPresentQuietly(rival);
            long used = entry == null ? Long.MIN_VALUE : entry.lastUse().get();
            if (coldest == null || used < since) {
                coldest = rival;
                since = used;
            }
        }
        if (coldest != null && shelves.sweeper().remove(coldest)) {
            shelves.counters().evictedBySize();
            shelves.counters().variantLimit(coldest);
        }
    }

    private boolean isStored(StoredPage page) {
        return mayBeServedAs(page, shelves.pages().policy().getIfPresentQuietly(VariantKey.of(page)));
    }

    /** Whether this very page is stored and no hard purge stands against it. */
    private boolean mayBeServedAs(StoredPage page, @Nullable StoredEntry entry) {
        return entry != null
                && entry.page() == page
                && entry.unlessPurged(shelves.fence().pending()) != null;
    }

    /** Whether readers keep this page until the authors' edits are published. */
    private boolean isHeld(@Nullable StoredEntry entry) {
        if (entry == null || entry.page().lifetime().isZero()) {
            return false;
        }
        Lookup.Found found = entry.unlessPurged(shelves.fence().pending());
        return found != null && found.softPurgedAt() == null;
    }

    /** Error pages have had their share; one that has been replaced by a page meanwhile stays. */
    void dropError(VariantKey variant) {
        shelves.pages().asMap().computeIfPresent(variant, (key, entry) -> {
            if (!ErrorPageBudget.isAbout(entry) || holding.getAsBoolean() && isHeld(entry)) {
                return entry;
            }
            shelves.variants().remove(key);
            shelves.tags().replace(key, entry.page().tags(), List.of());
            shelves.counters().evictedBySize();
            shelves.turnedAway().add(entry, shelves.clock().instant(), largestPage.getAsLong());
            return null;
        });
    }

    private PutOutcome refuse(Reason reason) {
        shelves.counters().refused();
        return new PutOutcome.Refused(reason);
    }

    private void removeUnlessIndexed(VariantKey variant) {
        shelves.pages().asMap().computeIfPresent(variant, (key, entry) -> {
            if (shelves.variants().holds(key)) {
                return entry;
            }
            shelves.tags().replace(key, entry.page().tags(), List.of());
            return null;
        });
    }
}
