package io.pagecache.store;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which stored pages carry a tag: exact, so that a purge by tag touches those pages and no other. Follows the store entry by entry,
 * inside the same atomic step, and so is bounded by it: the budget counts every tag of a page. Thread-safe.
 */
final class TagIndex {
    private final ConcurrentHashMap<String, Set<VariantKey>> pages = new ConcurrentHashMap<>();

    /** The page that had {@code before} has {@code after} now. */
    void replace(VariantKey page, List<String> before, List<String> after) {
        for (String tag : before) {
            if (!after.contains(tag)) {
                remove(page, tag);
            }
        }
        for (String tag : after) {
            if (!before.contains(tag)) {
                add(page, tag);
            }
        }
    }

    private void add(VariantKey page, String tag) {
        pages.compute(tag, (t, tagged) -> {
            Set<VariantKey> set = tagged == null ? ConcurrentHashMap.newKeySet(1) : tagged;
            set.add(page);
            return set;
        });
    }

    private void remove(VariantKey page, String tag) {
        pages.computeIfPresent(tag, (t, tagged) -> {
            tagged.remove(page);
            return tagged.isEmpty() ? null : tagged;
        });
    }

    Collection<VariantKey> pagesWith(String tag) {
        Set<VariantKey> tagged = pages.get(tag);
        return tagged == null ? List.of() : List.copyOf(tagged);
    }

    boolean isEmpty() {
        return pages.isEmpty();
    }
}
