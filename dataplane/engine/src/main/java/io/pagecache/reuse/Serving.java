package io.pagecache.reuse;

import io.pagecache.status.ForwardReason;
import io.pagecache.status.Reason;
import io.pagecache.store.StoredPage;

/** How a cacheable request is to be answered. */
public sealed interface Serving {

    record Fresh(StoredPage page) implements Serving {}

    /** Serve the stale page; with {@code refresh}, start one fetch in the background. */
    record Stale(StoredPage page, Reason reason, boolean refresh) implements Serving {}

    /** Ask the origin whether the page still holds; it may be served if the origin fails and {@code ifError} says so. */
    record Revalidate(StoredPage page, Reason reason, boolean mayServeIfError) implements Serving {}

    /**
     * Fetch.
     *
     * @param coalesce whether this fetch may be shared: false for what is known to be uncacheable
     */
    record Fetch(ForwardReason forward, Reason reason, boolean coalesce) implements Serving {}

    /** {@code only-if-cached} and nothing suitable: 504 (RFC 9111 section 5.2.1.7). */
    record Unsatisfiable() implements Serving {}
}
