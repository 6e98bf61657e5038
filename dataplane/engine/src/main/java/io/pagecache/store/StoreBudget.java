package io.pagecache.store;

import io.pagecache.key.CacheKey;
import io.pagecache.plan.CachePlan;
import io.pagecache.template.CompiledPage;
import org.jspecify.annotations.Nullable;

/**
 * What pages may cost.
 *
 * @param bytes for all pages together, with everything kept about them
 * @param errorBytes of these for pages with a status of 400 and above
 */
public record StoreBudget(long bytes, long errorBytes) {
    /** Share of the budget that one page may take: 1/8, so that one page cannot push out the rest of the site. */
    private static final int PAGE_SHARE = 8;

    private static final long LARGEST_PAGE = 1L << 30;

    // Measured on a 64-bit JVM with compressed references and rounded up: cache node, records, index entries, buffers.
    private static final int PER_PAGE = 800;
    private static final int PER_STRING = 56;
    private static final int PER_TAG = 160;
    private static final int PER_SEGMENT = 120;

    public StoreBudget {
        if (errorBytes < 1 || errorBytes > bytes) {
            throw new IllegalArgumentException(
                    "%d bytes for error pages: expected 1 to %d".formatted(errorBytes, bytes));
        }
        if (bytes < 1) {
            throw new IllegalArgumentException("a budget of " + bytes + " bytes: expected at least 1");
        }
    }

    /** The usual share for error pages. */
    public StoreBudget(long bytes) {
        this(bytes, Math.max(1, bytes / 20));
    }

    /** What a plan allows. */
    public static StoreBudget of(CachePlan plan) {
        return new StoreBudget(
                plan.cacheBytes(), plan.cacheBytes() * plan.errorPages().cacheShare() / 100);
    }

    /** Bytes that one page may cost at most. */
    public long largestPage() {
        return Math.min(bytes / PAGE_SHARE, LARGEST_PAGE);
    }

    /** What keeping the page costs: both forms of the body, head, key, index entries and objects around them. */
    public static long costOf(StoredPage page) {
        long cost = PER_PAGE + page.body().length() + costOf(page.key());
        cost += page.headers().weight() + page.control().weight();
        cost += page.control().weight();
        if (page.gzip() != null) {
            cost += page.gzip().length();
        }
        for (String tag : page.tags()) {
            cost += PER_TAG + PER_STRING + tag.length();
        }
        for (String value : page.varyValues()) {
            cost += 2L * (PER_STRING + value.length());
        }
        return cost + costOf(page.compiled());
    }

    private static long costOf(CacheKey key) {
        String query = key.base().query();
        int text = key.base().host().length()
                + 2 * key.base().path().length()
                + key.declared().length();
        return 4L * PER_STRING + text + (query == null ? 0 : 2L * query.length());
    }

    /** Static segments are slices of the body, so only the objects count. */
    private static long costOf(@Nullable CompiledPage compiled) {
        return compiled == null ? 0 : (long) PER_SEGMENT * compiled.size();
    }
}
