package io.pagecache.reuse;

import io.pagecache.status.ForwardReason;
import io.pagecache.status.Reason;
import io.pagecache.store.StoredPage;
import org.jspecify.annotations.Nullable;

/** How a cacheable request is to be answered. */
public sealed interface Serving {

    record Fresh(StoredPage page) implements Serving {}

    /** Serve what is asked for of a fresh part of the page. */
    record Part(StoredPage page) implements Serving {}

    /** Serve the stale page; with {@code refresh}, start one fetch in the background. */
    record Stale(StoredPage page, Reason reason, boolean refresh) implements Serving {}

    /**
     * Ask the origin whether the page still holds. A page without a validator is asked for as a whole.
     *
     * @param mayServeIfError whether the page may stand in if the origin fails now (RFC 5861 section 4)
     * @param coalesce whether one answer may serve all who wait: false where each use needs a validation of its own
     */
    record Revalidate(StoredPage page, Reason reason, boolean mayServeIfError, boolean coalesce) implements Serving {}

    /**
     * Fetch.
     *
     * @param coalesce whether this fetch may be shared: false for what is known to be uncacheable
     * @param part a fresh part of the page, which the answer may complete; null without one
     */
    record Fetch(
            ForwardReason forward,
            Reason reason,
            boolean coalesce,
            @Nullable StoredPage part) implements Serving {

        public Fetch(ForwardReason forward, Reason reason, boolean coalesce) {
            this(forward, reason, coalesce, null);
        }
    }

    /** Nothing stored may answer, and nothing else will: 504 (RFC 9111 sections 4.2.4 and 5.2.1.7). */
    record Unsatisfiable() implements Serving {}
}
