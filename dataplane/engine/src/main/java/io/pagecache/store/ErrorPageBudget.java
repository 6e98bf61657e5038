package io.pagecache.store;

import com.github.benmanes.caffeine.cache.Cache;
import java.util.function.Consumer;

/**
 * What pages with a status of 400 and above may cost together, within the budget of the store. Those that are too much leave
 * before they can push out others.
 */
final class ErrorPageBudget {
    private static final int LEAST_STATUS = 400;

    private record Cost(int bytes, long lifetimeNanos) {}

    private final Cache<VariantKey, Cost> costs;

    /** @param tooMuch removes an error page from the store */
    ErrorPageBudget(StoreBudget budget, BoundedCaches caches, Consumer<VariantKey> tooMuch) {
        this.costs = caches.of(
                budget.errorBytes(),
                Cost::bytes,
                Cost::lifetimeNanos,
                (variant, cost, cause) -> tooMuch.accept(variant));
    }

    static boolean isAbout(StoredEntry entry) {
        return entry.page().status() >= LEAST_STATUS;
    }

    /** To be called before the page is put, so that there is room for it. */
    void expect(VariantKey variant, StoredEntry entry, long retentionNanos) {
        if (isAbout(entry)) {
            costs.put(variant, new Cost(entry.cost(), retentionNanos));
        } else if (costs.estimatedSize() > 0) {
            costs.invalidate(variant);
        }
    }

    /** Whether a page that {@link #expect} was told of had to leave before it was put. */
    boolean hasDropped(VariantKey variant, StoredEntry entry) {
        return isAbout(entry) && costs.policy().getIfPresentQuietly(variant) == null;
    }

    void resize(StoreBudget budget) {
        costs.policy().eviction().ifPresent(eviction -> eviction.setMaximum(budget.errorBytes()));
    }

    void tidy() {
        costs.cleanUp();
    }
}
