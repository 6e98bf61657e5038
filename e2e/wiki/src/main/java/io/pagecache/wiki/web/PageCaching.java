package io.pagecache.wiki.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the wiki tells caches about a page. */
sealed interface PageCaching {

    /**
     * The same page for all readers, but for the greeting. The lifetime is left to the cache's policy.
     *
     * @param tags what a purge can name it by
     * @param etag the page's validator; null: none
     */
    record Shared(List<String> tags, @Nullable String etag) implements PageCaching {
        static Shared tagged(String... tags) {
            return new Shared(List.of(tags), null);
        }
    }

    /** Made for one reader, who sees the greeting that the wiki renders itself. */
    record Personal() implements PageCaching {}

    /** The same for all, without a greeting; {@code cacheControl} is sent as it stands. */
    record Impersonal(String cacheControl) implements PageCaching {}
}
