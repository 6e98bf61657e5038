package io.pagecache.store;

import com.github.benmanes.caffeine.cache.Cache;
import io.pagecache.key.BaseKey;
import io.pagecache.plan.PurgeMode;
import io.pagecache.plan.PurgeScope;
import io.pagecache.purge.PurgeOutcome;
import io.pagecache.purge.RegisteredPurge;
import io.pagecache.purge.UrlTarget;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/** Removes, or marks as stale, the stored pages that a registered purge covers. */
final class PurgeSweeper {
    private final Cache<VariantKey, StoredEntry> pages;
    private final VariantIndex variants;
    private final TagIndex tags;
    private final Executor executor;

    PurgeSweeper(Cache<VariantKey, StoredEntry> pages, VariantIndex variants, TagIndex tags, Executor executor) {
        this.pages = pages;
        this.variants = variants;
        this.tags = tags;
        this.executor = executor;
    }

    /** @param done told when no stored page is left that the purge should act on */
    PurgeOutcome sweep(RegisteredPurge purge, Consumer<RegisteredPurge> done) {
        if (purge.coverage().isEverything()) {
            int entries = Math.toIntExact(Math.min(pages.estimatedSize(), Integer.MAX_VALUE));
            later(() -> {
                sweep(purge, pages.asMap().keySet());
                done.accept(purge);
            });
            return new PurgeOutcome(entries);
        }
        int entries = sweep(purge, purge.coverage().needsScan() ? pages.asMap().keySet() : indexed(purge));
        done.accept(purge);
        return new PurgeOutcome(entries);
    }

    /** Runs it off the event loop, unless the process is already leaving. */
    void later(Runnable sweep) {
        try {
            executor.execute(sweep);
        } catch (RejectedExecutionException e) {
            sweep.run();
        }
    }

    private Set<VariantKey> indexed(RegisteredPurge purge) {
        Set<VariantKey> covered = new LinkedHashSet<>();
        for (PurgeScope scope : purge.coverage().scopes()) {
            switch (scope) {
                case PurgeScope.Tag(String tag) -> covered.addAll(tags.pagesWith(tag));
                case PurgeScope.Url(String url) -> {
                    for (BaseKey base : variants.urlsAt(UrlTarget.parse(url).target())) {
                        covered.addAll(variants.variantsOf(base));
                    }
                }
                case PurgeScope.Element element -> {}
                default -> throw new IllegalStateException("no index leads to " + scope);
            }
        }
        return covered;
    }

    private int sweep(RegisteredPurge purge, Collection<VariantKey> candidates) {
        int entries = 0;
        for (VariantKey variant : candidates) {
            entries += apply(purge, variant) ? 1 : 0;
        }
        return entries;
    }

    private boolean apply(RegisteredPurge purge, VariantKey variant) {
        StoredEntry before = pages.policy().getIfPresentQuietly(variant);
        if (before == null || !purge.hits(before.crossedAt(), before.facts())) {
            return false;
        }
        boolean[] hit = new boolean[1];
        pages.asMap().computeIfPresent(variant, (key, entry) -> {
            hit[0] = purge.hits(entry.crossedAt(), entry.facts());
            if (!hit[0]) {
                return entry;
            }
            if (purge.mode() == PurgeMode.SOFT) {
                return entry.softPurged(purge.position(), purge.registeredAt());
            }
            forget(key, entry);
            return null;
        });
        return hit[0];
    }

    /** Removes one variant, whatever it holds. */
    boolean remove(VariantKey variant) {
        boolean[] removed = new boolean[1];
        pages.asMap().computeIfPresent(variant, (key, entry) -> {
            forget(key, entry);
            removed[0] = true;
            return null;
        });
        return removed[0];
    }

    private void forget(VariantKey variant, StoredEntry entry) {
        variants.remove(variant);
        tags.replace(variant, entry.page().tags(), List.of());
    }
}
