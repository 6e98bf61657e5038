package io.pagecache.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One purge, as it is written into the ledger.
 *
 * @param sequence position in the policy's ledger, from 1, without gaps; a purge is done when a proxy has reached it
 * @param token names the purge for people and for repeats: the annotation's value, or the uid of a {@code PageCachePurge}
 * @param mode whether pages are marked stale or removed
 * @param scopes what is purged; a page in any scope is purged. Never empty
 * @param requestedAt when the operator first saw it
 * @param cutOver what the order is besides a purge when it publishes the authors' edits; null for all others
 */
public record PurgeOrder(
        long sequence,
        String token,
        PurgeMode mode,
        List<PurgeScope> scopes,
        Instant requestedAt,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable CutOver cutOver) {

    public PurgeOrder {
        scopes = List.copyOf(scopes);
        if (sequence < 1) {
            throw new InvalidPlanException("purge.sequence", "is %d: expected 1 or more".formatted(sequence));
        }
        if (scopes.isEmpty()) {
            throw new InvalidPlanException("purge.scopes", "is empty");
        }
    }

    /** A purge that publishes nobody's edits. */
    public PurgeOrder(long sequence, String token, PurgeMode mode, List<PurgeScope> scopes, Instant requestedAt) {
        this(sequence, token, mode, scopes, requestedAt, null);
    }

    /** The same order at another place of the ledger. */
    public PurgeOrder withSequence(long other) {
        return new PurgeOrder(other, token, mode, scopes, requestedAt, cutOver);
    }

    /**
     * The instant at which all proxies cut over to the site as its authors have left it.
     *
     * @param at by the operator's clock; a proxy that hears of it later cuts over at once
     * @param publishes who has not edited since then is a reader again
     */
    public record CutOver(Instant at, Instant publishes) {}
}
