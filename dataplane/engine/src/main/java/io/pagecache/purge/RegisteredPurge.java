package io.pagecache.purge;

import io.pagecache.plan.PurgeMode;
import java.time.Instant;

/**
 * A purge that the fence knows.
 *
 * @param position its place among the purges of this process, from 1
 * @param coverage which pages it covers
 * @param mode stale or gone
 * @param registeredAt from when on it holds
 */
public record RegisteredPurge(long position, PurgeCoverage coverage, PurgeMode mode, Instant registeredAt) {

    /** Whether a page that passed the fence at {@code crossedAt} falls to this purge. */
    public boolean hits(long crossedAt, PageFacts page) {
        return crossedAt < position && coverage.covers(page);
    }
}
