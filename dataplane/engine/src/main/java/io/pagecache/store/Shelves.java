package io.pagecache.store;

import com.github.benmanes.caffeine.cache.Cache;
import io.pagecache.purge.PurgeFence;
import java.time.Clock;

/** What a {@link PageStore} is made of, shared by those who find pages in it and those who put them there. */
record Shelves(
        Cache<VariantKey, StoredEntry> pages,
        VariantIndex variants,
        TagIndex tags,
        TurnedAwayPages turnedAway,
        UncacheableMarks uncacheable,
        ErrorPageBudget errors,
        PurgeFence fence,
        PurgeSweeper sweeper,
        StoreCounters counters,
        Clock clock) {}
