package io.pagecache.plan;

import java.time.Instant;
import java.util.List;

/**
 * One purge, as it is written into the ledger.
 *
 * @param sequence position in the policy's ledger, from 1, without gaps; a purge is done when a proxy has reached it
 * @param token names the purge for people and for repeats: the annotation's value, or the uid of a {@code PageCachePurge}
 * @param mode whether pages are marked stale or removed
 * @param scopes what is purged; a page in any scope is purged. Never empty
 * @param requestedAt when the operator first saw it
 */
public record PurgeOrder(long sequence, String token, PurgeMode mode, List<PurgeScope> scopes, Instant requestedAt) {
    public PurgeOrder {
        scopes = List.copyOf(scopes);
        if (sequence < 1) {
            throw new InvalidPlanException("purge.sequence", "is %d: expected 1 or more".formatted(sequence));
        }
        if (scopes.isEmpty()) {
            throw new InvalidPlanException("purge.scopes", "is empty");
        }
    }
}
