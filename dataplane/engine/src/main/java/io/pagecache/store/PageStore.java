package io.pagecache.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.pagecache.http.Headers;
import io.pagecache.key.BaseKey;
import io.pagecache.key.CacheKey;
import io.pagecache.plan.PurgeMode;
import io.pagecache.plan.PurgeOrder;
import io.pagecache.purge.FetchMark;
import io.pagecache.purge.PageFacts;
import io.pagecache.purge.PurgeCoverage;
import io.pagecache.purge.PurgeFence;
import io.pagecache.purge.PurgeOutcome;
import io.pagecache.purge.Purgeable;
import io.pagecache.purge.RegisteredPurge;
import io.pagecache.status.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Pages in memory, bounded in bytes. Thread-safe; lookups never lock. */
public final class PageStore implements Purgeable {
    /*
     * A Caffeine cache from VariantKey to StoredEntry is the store; its weigher makes the budget one of bytes and its expiry lets
     * each page live exactly as long as it can be of use. Two indexes follow it: VariantIndex (URL -> variants) and TagIndex (tag ->
     * variants). They are changed only inside the cache's atomic step for the entry concerned - compute() for what we do, the
     * eviction listener for what Caffeine does - so an index entry exists exactly as long as its page. Lock order is cache entry,
     * then index entry; the indexes never call back.
     *
     * What may be stored and served in the face of purges is PurgeFence's matter: put() crosses it, lookup() asks it for pending
     * purges, purge() registers with it and then sweeps.
     *
     * Caffeine admits by frequency: in a full store a page that was never asked for before may be turned away as soon as it is put,
     * in favour of pages that are. put() has said "stored", and all who waited for the page look it up: TurnedAwayPages keeps it for
     * them for a moment. It counts as evicted by size. A page that goes on being asked for is admitted soon.
     */
    /** How long a page is kept at least from when it began to be held. */
    static final Duration LONGEST_HOLD = Duration.ofDays(2);

    private final Cache<VariantKey, StoredEntry> pages;
    private final VariantIndex variants = new VariantIndex();
    private final TagIndex tags = new TagIndex();
    private final ErrorPageBudget errors;
    private final TurnedAwayPages turnedAway = new TurnedAwayPages();
    private final UncacheableMarks uncacheable;
    private final PurgeFence fence = new PurgeFence();
    private final PurgeSweeper sweeper;
    private final StoreCounters counters = new StoreCounters();
    private final Clock clock;
    private final PageFinder finder;
    private final PageInsertion insertion;
    private volatile StoreBudget budget;
    private volatile boolean held;

    public PageStore(StoreBudget budget, BoundedCaches caches, Clock clock) {
        this.budget = budget;
        this.clock = clock;
        this.pages = caches.of(budget.bytes(), StoredEntry::cost, this::retention, this::afterEviction);
        this.errors = new ErrorPageBudget(budget, caches, this::dropError);
        this.uncacheable = new UncacheableMarks(caches);
        this.sweeper = new PurgeSweeper(pages, variants, tags, caches.executor());
        Shelves shelves =
                new Shelves(pages, variants, tags, turnedAway, uncacheable, errors, fence, sweeper, counters, clock);
        this.finder = new PageFinder(shelves);
        this.insertion = new PageInsertion(shelves, () -> this.budget.largestPage(), () -> held, this::retention);
    }

    /**
     * What is known about a key. Does not decide whether a page found may be served.
     *
     * @param asking yields the fields that the origin is, or would be, asked with: an answer's {@code Vary} speaks of those, not
     *     of what the client sent. Asked for only where pages vary
     */
    public Lookup lookup(CacheKey key, Supplier<Headers> asking) {
        return finder.lookup(key, asking);
    }

    /**
     * A cheap way to ask again and again whether this very page is what a lookup would find: still stored, not replaced, not
     * purged, neither hard nor soft. Each question counts as a use of the page. Freshness is not looked at.
     */
    public BooleanSupplier standing(StoredPage page) {
        return finder.standing(page);
    }

    /** Why this key lately could not be stored, or null. For when a stale page hides the mark from {@link #lookup}. */
    public @Nullable Reason knownUncacheable(CacheKey key) {
        return uncacheable.reasonFor(key);
    }

    /**
     * What a fetch can be shared under: the key, and as soon as it is known what its pages vary by, the values of that as well, so
     * that nobody waits for a variant that is another's.
     *
     * @param asking as for {@link #lookup}
     */
    public CacheKey sharingKey(CacheKey key, Supplier<Headers> asking) {
        return finder.sharingKey(key, asking);
    }

    /** To be called before the origin is asked for anything that may be stored. */
    public FetchMark beginFetch() {
        return fence.mark();
    }

    /**
     * Stores a page, in place of the variant it replaces, unless it was purged since its fetch began.
     *
     * @param mark from {@link #beginFetch} before the fetch
     */
    public PutOutcome put(StoredPage page, FetchMark mark) {
        return insertion.put(page, mark, null);
    }

    /**
     * Stores the outcome of a revalidation, if the page that was revalidated is still there. One that was purged, evicted or
     * replaced meanwhile is not brought back.
     *
     * @param validated the page whose validators the origin confirmed
     * @param renewed the same page with the fields of the 304 (RFC 9111 section 4.3.4)
     */
    public PutOutcome refreshed(StoredPage validated, StoredPage renewed, FetchMark mark) {
        return insertion.put(renewed, mark, validated);
    }

    private void dropError(VariantKey variant) {
        insertion.dropError(variant);
    }

    /** Removes this very page, if it is still there: the origin has taken back that it may be kept. */
    public void forget(StoredPage page) {
        pages.asMap().computeIfPresent(VariantKey.of(page), (key, entry) -> {
            if (entry.page() != page) {
                return entry;
            }
            variants.remove(key);
            tags.replace(key, page.tags(), List.of());
            return null;
        });
    }

    /**
     * While held, no stored page is replaced and none leaves because it is too old; only purges and the budget take pages away.
     */
    public void hold(boolean whether) {
        if (held != whether) {
            held = whether;
            sweeper.later(this::renewRetention);
        }
    }

    private void renewRetention() {
        pages.policy()
                .expireVariably()
                .ifPresent(expiry -> pages.asMap()
                        .forEach((variant, entry) ->
                                expiry.setExpiresAfter(variant, Math.max(0, retention(entry)), TimeUnit.NANOSECONDS)));
    }

    private long retention(StoredEntry entry) {
        long natural = entry.remainingNanos(clock.instant());
        return held ? Math.max(natural, LONGEST_HOLD.toNanos()) : natural;
    }

    /**
     * Remembers for a while that this key cannot be stored, so that nobody waits for it.
     *
     * @param memory how long, at most a day
     * @return whether it was noted; not if the key was purged since the fetch began
     */
    public boolean markUncacheable(CacheKey key, Reason reason, Duration memory, FetchMark mark) {
        PageFacts facts = PageFacts.of(key, List.of(), List.of(), List.of(), clock.instant());
        Boolean noted = fence.cross(mark, facts, crossed -> {
            uncacheable.put(key, reason, memory);
            return true;
        });
        return noted != null;
    }

    /**
     * Removes all variants of a URL after an unsafe method, and keeps out what fetches now on their way bring for it (RFC 9111
     * section 4.4).
     *
     * @return number of pages removed
     */
    public int invalidate(BaseKey base) {
        fence.invalidate(base);
        int removed = 0;
        for (VariantKey variant : variants.variantsOf(base)) {
            removed += sweeper.remove(variant) ? 1 : 0;
        }
        return removed;
    }

    /**
     * Removes all pages with any of these tags after an unsafe method (RFC 9875 section 3), like {@link #invalidate}.
     *
     * @return number of pages removed
     */
    public int invalidateTagged(List<String> invalid) {
        if (invalid.isEmpty()) {
            return 0;
        }
        RegisteredPurge purge = fence.register(PurgeCoverage.ofTags(invalid), PurgeMode.HARD, clock.instant());
        return sweeper.sweep(purge, fence::swept).entries();
    }

    /**
     * Applies a purge. It holds for every lookup from the moment it is registered, before any page is removed. Looks at every page
     * for prefixes, expressions and ages: call it off the event loop. {@code all} only registers; the memory is given back in the
     * background.
     */
    @Override
    public PurgeOutcome purge(PurgeOrder order, Instant now) {
        RegisteredPurge purge = fence.register(PurgeCoverage.of(order), order.mode(), now);
        uncacheable.forget(purge);
        return sweeper.sweep(purge, fence::swept);
    }

    /** Changes the budget; what is too much leaves in the background. */
    public void resize(StoreBudget newBudget) {
        budget = newBudget;
        errors.resize(newBudget);
        pages.policy().eviction().ifPresent(eviction -> eviction.setMaximum(newBudget.bytes()));
    }

    /** Gives back what has expired; Caffeine does so on writes only. To be called now and then. */
    public void tidy() {
        pages.cleanUp();
        uncacheable.tidy();
        errors.tidy();
        turnedAway.tidy(clock.instant());
    }

    public StoreStats stats() {
        long bytes = pages.policy()
                .eviction()
                .map(eviction -> eviction.weightedSize().orElse(0))
                .orElse(0L);
        return counters.stats(pages.estimatedSize(), bytes);
    }

    private void afterEviction(VariantKey variant, StoredEntry entry, RemovalCause cause) {
        variants.remove(variant);
        tags.replace(variant, entry.page().tags(), List.of());
        if (cause == RemovalCause.EXPIRED) {
            counters.evictedByTime();
        } else {
            counters.evictedBySize();
            turnedAway.add(entry, clock.instant(), budget.largestPage());
        }
    }

    long uncacheableMarks() {
        return uncacheable.size();
    }

    /** Whether no index holds anything: so it must be once every page has left. */
    boolean hasEmptyIndexes() {
        return variants.isEmpty() && tags.isEmpty();
    }
}
