package io.pagecache.plan;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy is to fetch into its cache before anybody asks for it.
 *
 * @param id names this run: a proxy that has finished it, or is at it, does not begin it again
 * @param site scheme and authority that the pages are asked for under, such as {@code https://www.example.com}
 * @param urls paths with query
 * @param sitemap path of a sitemap or of a sitemap index, or null
 * @param crawl pages to follow links from, or null
 * @param exclude path prefixes that are left out
 * @param variants each page is fetched once for each of them; never empty
 * @param ratePerSecond pages asked for in a second at most, 1 to 1,000
 * @param maxPages pages in one run at most, variants counted apart, 1 to 100,000
 */
public record WarmUpOrder(
        String id,
        String site,
        List<String> urls,
        @Nullable String sitemap,
        @Nullable Crawl crawl,
        List<String> exclude,
        List<Variant> variants,
        int ratePerSecond,
        int maxPages) {
    public static final int MAX_RATE = 1_000;
    public static final int MAX_PAGES = 100_000;

    public WarmUpOrder {
        urls = List.copyOf(urls);
        exclude = List.copyOf(exclude);
        variants = List.copyOf(variants);
        requireSite(site);
        requireBetween("ratePerSecond", ratePerSecond, MAX_RATE);
        requireBetween("maxPages", maxPages, MAX_PAGES);
        if (variants.isEmpty()) {
            throw new InvalidPlanException("variants", "is empty: expected one at least, if only without headers");
        }
    }

    private static void requireSite(String site) {
        try {
            URI uri = URI.create(site);
            String scheme = uri.getScheme();
            if (uri.getHost() != null && ("http".equals(scheme) || "https".equals(scheme))) {
                return;
            }
        } catch (IllegalArgumentException notAUri) {
            // Said below.
        }
        throw new InvalidPlanException("site", "is '%s': expected http://host or https://host".formatted(site));
    }

    private static void requireBetween(String field, int value, int most) {
        if (value < 1 || value > most) {
            throw new InvalidPlanException(field, "is %d: expected 1 to %d".formatted(value, most));
        }
    }

    /**
     * @param start path of the first page
     * @param depth links followed from there, 0 to 10; 0 is the first page alone
     */
    public record Crawl(String start, int depth) {
        public Crawl {
            if (depth < 0 || depth > 10) {
                throw new InvalidPlanException("crawl.depth", "is %d: expected 0 to 10".formatted(depth));
            }
        }
    }

    /** Request fields by which a page is asked for, such as a language. */
    public record Variant(List<Field> headers) {
        public static final Variant PLAIN = new Variant(List.of());

        public Variant {
            headers = List.copyOf(headers);
        }

        public record Field(String name, String value) {}
    }
}
