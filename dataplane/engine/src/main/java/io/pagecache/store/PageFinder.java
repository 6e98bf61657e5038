package io.pagecache.store;

import io.pagecache.http.Headers;
import io.pagecache.key.CacheKey;
import io.pagecache.purge.PendingPurges;
import io.pagecache.status.Reason;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Finds pages in the store. Never locks. */
final class PageFinder {
    private final Shelves shelves;

    PageFinder(Shelves shelves) {
        this.shelves = shelves;
    }

    /** @see PageStore#lookup */
    Lookup lookup(CacheKey key, Supplier<Headers> asking) {
        PendingPurges pending = shelves.fence().pending();
        VariantIndex.Selection selection = shelves.variants().selectionFor(key);
        VariantKey variant = selection == null ? null : selection.matching(asking);
        StoredEntry entry = variant == null ? null : shelves.pages().getIfPresent(variant);
        if (entry != null) {
            Lookup.Found found = entry.unlessPurged(pending);
            if (found != null) {
                if (selection != null && selection.size() > 1 || !key.declared().isEmpty()) {
                    entry.lastUse().set(shelves.clock().millis());
                }
                return wholeOrPart(found);
            }
        }
        StoredEntry late = shelves.turnedAway().isEmpty()
                ? null
                : shelves.turnedAway().find(key, asking, shelves.clock().instant());
        if (late != null && shelves.fence().cross(late.crossed(), late.facts(), crossed -> true) != null) {
            return wholeOrPart(new Lookup.Found(late.page(), late.softPurgedAt()));
        }
        Reason mark = shelves.uncacheable().reasonFor(key);
        if (mark != null) {
            return new Lookup.KnownUncacheable(mark);
        }
        boolean othersStored = selection != null && selection.size() > (variant == null ? 0 : 1);
        return othersStored ? new Lookup.VariantMiss() : new Lookup.UriMiss();
    }

    /** A part is never taken for the page, nor is it of any use once it is stale. */
    private static Lookup wholeOrPart(Lookup.Found found) {
        if (found.page().part() == null) {
            return found;
        }
        return found.softPurgedAt() == null ? new Lookup.FoundPart(found.page()) : new Lookup.UriMiss();
    }

    /** @see PageStore#standing */
    BooleanSupplier standing(StoredPage page) {
        VariantKey variant = VariantKey.of(page);
        boolean competes =
                !variant.selecting().isEmpty() || !page.key().declared().isEmpty();
        return () -> {
            PendingPurges pending = shelves.fence().pending();
            StoredEntry entry = shelves.pages().getIfPresent(variant);
            if (entry == null || entry.page() != page) {
                return false;
            }
            Lookup.Found found = entry.unlessPurged(pending);
            if (competes) {
                entry.lastUse().set(shelves.clock().millis());
            }
            return found != null && found.softPurgedAt() == null;
        };
    }

    /** @see PageStore#sharingKey */
    CacheKey sharingKey(CacheKey key, Supplier<Headers> asking) {
        VariantIndex.Selection selection = shelves.variants().selectionFor(key);
        return selection == null ? key : selection.narrowed(key, asking);
    }
}
