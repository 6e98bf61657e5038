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
 * @param now the proxy's clock when it answered, null from a proxy of an older build
 * @param authors who has edited, as far as this proxy has heard; null from a proxy of an older build
 * @param peers management addresses of the other proxies as this proxy was last told them; null from an older build
 * @param certificates how the certificates that it was given are doing; null from an older build
 */
public record ProxyState(
        @Nullable String revision,
        long purgeSequence,
        List<PurgeResult> recentPurges,
        Instant startedAt,
        @Nullable Instant originFailingSince,
        @Nullable String rejection,
        @Nullable WarmUpProgress warmUp,
        @Nullable Instant now,
        @Nullable AuthorRoll authors,
        @Nullable List<String> peers,
        @Nullable List<CertificateState> certificates) {

    public ProxyState {
        recentPurges = List.copyOf(recentPurges);
        peers = peers == null ? null : List.copyOf(peers);
        certificates = certificates == null ? null : List.copyOf(certificates);
    }

    /** The state of a proxy that knows of no authors, no peers and no certificates. */
    public ProxyState(
            @Nullable String revision,
            long purgeSequence,
            List<PurgeResult> recentPurges,
            Instant startedAt,
            @Nullable Instant originFailingSince,
            @Nullable String rejection,
            @Nullable WarmUpProgress warmUp) {
        this(
                revision,
                purgeSequence,
                recentPurges,
                startedAt,
                originFailingSince,
                rejection,
                warmUp,
                null,
                null,
                null,
                null);
    }

    /** @param entries stored pages that the purge covered on this proxy */
    public record PurgeResult(long sequence, String token, int entries, Instant appliedAt) {}

    /**
     * A certificate that the proxy was given.
     *
     * @param name of its folder
     * @param notAfter end of the one that is served, null when none is
     * @param problem why what was given last is not served, null when it is
     */
    public record CertificateState(
            String name,
            @Nullable Instant notAfter,
            @Nullable String problem) {}
}
