package io.pagecache.operator.status;

import io.pagecache.operator.observe.PurgeProgress;

/** Where a {@code PageCachePurge} stands after one pass. */
public sealed interface PurgeStep {

    /** It will never be done. */
    record Refused(String reason, String message) implements PurgeStep {}

    /**
     * It cannot be ordered yet.
     *
     * @param reason of its failure if that does not change in time
     */
    record Waiting(String reason, String message) implements PurgeStep {}

    /** It is in the ledger, and the proxies have been asked. */
    record Ordered(PurgeProgress progress) implements PurgeStep {}
}
