package io.pagecache.reuse;

import io.pagecache.http.Headers;
import io.pagecache.store.StoredPage;

/** Asks the origin whether a stored page still holds (RFC 9111 section 4.3.1). */
public final class ConditionalRequest {
    private ConditionalRequest() {}

    /** Whether the origin gave the page a validator: without one the page can only be fetched anew. */
    public static boolean isPossible(StoredPage page) {
        return page.headers().contains("ETag") || page.headers().contains("Last-Modified");
    }

    /**
     * The fields of a fetch, made conditional on the page. Validators go back exactly as the origin wrote them; one that this
     * cache made is not sent.
     *
     * @param fetching fields of the fetch, without conditions
     */
    public static Headers of(Headers fetching, StoredPage page) {
        Headers.Builder conditional = fetching.toBuilder();
        String tag = page.headers().first("ETag");
        if (tag != null) {
            conditional.set("If-None-Match", tag);
        }
        String modified = page.headers().first("Last-Modified");
        if (modified != null) {
            conditional.set("If-Modified-Since", modified);
        }
        return conditional.build();
    }
}
