package io.pagecache.store;

import io.pagecache.http.Headers;
import io.pagecache.key.BaseKey;
import io.pagecache.key.CacheKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Which variants of a URL are stored, and which request fields tell them apart. Thread-safe. */
final class VariantIndex {
    /*
     * A request's variant cannot be named before the origin has said, in Vary, what it depends on. So a lookup takes two steps: the
     * index gives the fields that select among the variants of a key, and the request's values of them give the stored page.
     *
     * Per URL there is one immutable UrlVariants, replaced as a whole inside ConcurrentHashMap.compute; readers never lock. It holds
     * one Selection per CacheKey (a URL has several when the rule declares cookies, headers or languages). All variants in a
     * Selection have the same selecting fields: when an answer comes with another Vary, the earlier variants can no longer be told
     * apart by it and are superseded.
     *
     * Both levels are capped: MAX_VARIANTS bounds what visitors can make of one page by inventing header values, MAX_KEYS what they
     * can make of one URL through declared parts.
     *
     * Calls come from inside the page cache's atomic steps, so nothing here may call back into it.
     */
    static final int MAX_VARIANTS = 32;

    static final int MAX_KEYS = 1024;

    private static final int SAMPLE = 64;

    private final ConcurrentHashMap<BaseKey, UrlVariants> urls = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Set<BaseKey>> byTarget = new ConcurrentHashMap<>();

    /** The variants of a key, or null when none is stored. */
    @Nullable
    Selection selectionFor(CacheKey key) {
        UrlVariants url = urls.get(key.base());
        return url == null ? null : url.selections.get(key.declared());
    }

    /**
     * @return whether the variant is in the index now; false at the cap
     * @param superseded gets the variants that are not in the index any more because their {@code Vary} was another
     */
    boolean add(VariantKey variant, List<VariantKey> superseded) {
        UrlVariants after = urls.compute(variant.key().base(), (base, url) -> {
            superseded.clear();
            UrlVariants with = url == null ? UrlVariants.of(variant) : url.plus(variant, superseded);
            if (url == null) {
                byTarget.computeIfAbsent(base.target(), t -> ConcurrentHashMap.newKeySet(1))
                        .add(base);
            }
            return with;
        });
        Selection selection = after.selections.get(variant.key().declared());
        return selection != null && selection.holds(variant);
    }

    /**
     * Those of which one must go before this variant can be added; empty while there is room. Where the keys of a URL are the limit, a
     * sample of their variants.
     */
    Collection<VariantKey> rivalsOf(VariantKey variant) {
        UrlVariants url = urls.get(variant.key().base());
        if (url == null) {
            return List.of();
        }
        Selection selection = url.selections.get(variant.key().declared());
        if (selection == null) {
            return url.selections.size() < MAX_KEYS ? List.of() : url.sample();
        }
        boolean isFull = selection.selecting.equals(variant.selecting())
                && selection.size() >= MAX_VARIANTS
                && !selection.variants.containsKey(variant.values());
        return isFull ? selection.variants.values() : List.of();
    }

    void remove(VariantKey variant) {
        urls.computeIfPresent(variant.key().base(), (base, url) -> {
            UrlVariants without = url.minus(variant);
            if (without == null) {
                byTarget.computeIfPresent(base.target(), (t, bases) -> {
                    bases.remove(base);
                    return bases.isEmpty() ? null : bases;
                });
            }
            return without;
        });
    }

    boolean holds(VariantKey variant) {
        Selection selection = selectionFor(variant.key());
        return selection != null && selection.holds(variant);
    }

    /** All variants of a URL. */
    List<VariantKey> variantsOf(BaseKey base) {
        UrlVariants url = urls.get(base);
        if (url == null) {
            return List.of();
        }
        List<VariantKey> all = new ArrayList<>();
        url.selections.values().forEach(selection -> all.addAll(selection.variants.values()));
        return all;
    }

    /** URLs with this path and query, on whatever host and scheme. */
    Collection<BaseKey> urlsAt(String target) {
        Set<BaseKey> bases = byTarget.get(target);
        return bases == null ? List.of() : List.copyOf(bases);
    }

    boolean isEmpty() {
        return urls.isEmpty() && byTarget.isEmpty();
    }

    /** The variants of one key, by the values of the fields that select among them. */
    static final class Selection {
        private final List<String> selecting;
        private final Map<List<String>, VariantKey> variants;

        private Selection(List<String> selecting, Map<List<String>, VariantKey> variants) {
            this.selecting = selecting;
            this.variants = variants;
        }

        @Nullable
        VariantKey matching(Supplier<Headers> asking) {
            return variants.get(valuesIn(asking));
        }

        /** The key with the values that select among its variants; lengths keep values apart, as in {@code KeyBuilder}. */
        CacheKey narrowed(CacheKey key, Supplier<Headers> asking) {
            if (selecting.isEmpty()) {
                return key;
            }
            StringBuilder text = new StringBuilder(key.declared());
            List<String> values = valuesIn(asking);
            for (int i = 0; i < selecting.size(); i++) {
                String value = values.get(i);
                text.append("[vary ").append(selecting.get(i)).append('=');
                text.append(value.length()).append(':').append(value).append(']');
            }
            return new CacheKey(key.base(), text.toString());
        }

        private List<String> valuesIn(Supplier<Headers> asking) {
            return selecting.isEmpty() ? List.of() : VaryValues.of(selecting, asking.get());
        }

        int size() {
            return variants.size();
        }

        private boolean holds(VariantKey variant) {
            return variant.equals(variants.get(variant.values())) && selecting.equals(variant.selecting());
        }

        private static Selection of(VariantKey variant) {
            return new Selection(variant.selecting(), Map.of(variant.values(), variant));
        }

        private Selection plus(VariantKey variant, List<VariantKey> superseded) {
            if (!selecting.equals(variant.selecting())) {
                superseded.addAll(variants.values());
                return of(variant);
            }
            if (variants.containsKey(variant.values()) || variants.size() >= MAX_VARIANTS) {
                return this;
            }
            Map<List<String>, VariantKey> more = new HashMap<>(variants);
            more.put(variant.values(), variant);
            return new Selection(selecting, more);
        }

        private @Nullable Selection minus(VariantKey variant) {
            if (!holds(variant)) {
                return this;
            }
            if (variants.size() == 1) {
                return null;
            }
            Map<List<String>, VariantKey> fewer = new HashMap<>(variants);
            fewer.remove(variant.values());
            return new Selection(selecting, fewer);
        }
    }

    private record UrlVariants(Map<String, Selection> selections) {

        static UrlVariants of(VariantKey variant) {
            return new UrlVariants(Map.of(variant.key().declared(), Selection.of(variant)));
        }

        /** Variants of some keys, each of them alone under its key: to remove one makes room for a key. */
        List<VariantKey> sample() {
            List<VariantKey> some = new ArrayList<>(SAMPLE);
            for (Selection selection : selections.values()) {
                if (selection.size() == 1) {
                    some.addAll(selection.variants.values());
                }
                if (some.size() >= SAMPLE) {
                    break;
                }
            }
            return some;
        }

        UrlVariants plus(VariantKey variant, List<VariantKey> superseded) {
            Selection before = selections.get(variant.key().declared());
            if (before == null && selections.size() >= MAX_KEYS) {
                return this;
            }
            Selection after = before == null ? Selection.of(variant) : before.plus(variant, superseded);
            return after == before ? this : with(variant.key().declared(), after);
        }

        @Nullable
        UrlVariants minus(VariantKey variant) {
            Selection before = selections.get(variant.key().declared());
            if (before == null) {
                return this;
            }
            Selection after = before.minus(variant);
            if (after == null && selections.size() == 1) {
                return null;
            }
            return after == before ? this : with(variant.key().declared(), after);
        }

        private UrlVariants with(String declared, @Nullable Selection selection) {
            Map<String, Selection> changed = new HashMap<>(selections);
            if (selection == null) {
                changed.remove(declared);
            } else {
                changed.put(declared, selection);
            }
            return new UrlVariants(changed);
        }
    }
}
