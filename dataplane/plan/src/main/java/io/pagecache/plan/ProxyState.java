package io.pagecache.plan;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy pod answers to {@code GET /v1/state}: the level the operator compares with what should be.
 *
 * @param revision revision of the plan in force, or null before the first
 * @param purgeSequence last purge applied
 * @param recentPurges results of the newest purges, ascending
 * @param startedAt when the process started
 * @param originFailingSince since when the origin has failed without a success between, or null
 * @param rejection why the newest plan that was offered is not in force, or null
 * @param warmUp the newest warm-up, or null before the first
 */
public record ProxyState(
        @Nullable String revision,
        long purgeSequence,
        List<PurgeResult> recentPurges,
        Instant startedAt,
        @Nullable Instant originFailingSince,
        @Nullable String rejection,
        @Nullable WarmUpProgress warmUp) {

    /** @param entries stored pages that the purge covered on this proxy */
    public record PurgeResult(long sequence, String token, int entries, Instant appliedAt) {}
}
