package io.pagecache.plan;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a proxy has come with its newest warm-up.
 *
 * @param id of the order
 * @param done pages that are in the cache now, or that turned out not to be cacheable
 * @param total pages known of so far: it grows while sitemaps are read and links are found
 * @param failed pages that the origin did not answer, or answered with an error
 * @param uncacheable pages among {@code done} that could not be kept
 * @param problem what ended the run early or limited it, or null
 */
public record WarmUpProgress(
        String id,
        State state,
        int done,
        int total,
        int failed,
        int uncacheable,
        Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable String problem) {

    public enum State {
        RUNNING,
        DONE,
        CANCELLED,
        /** The origin failed so often in a row that going on would only have been a burden. */
        FAILED
    }
}
