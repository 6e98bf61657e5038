package io.pagecache.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy would do with a request now, and why.
 *
 * @param rule name of the rule that holds, {@code default} when none matches
 * @param decision what is done
 * @param reason the word that {@code Cache-Status} would have as {@code detail}
 * @param status of an answer by the proxy itself; 0 for all others
 * @param location where the reader is sent; null unless the decision is {@code REDIRECT}
 * @param key what the page is stored under; null where the cache is not consulted
 * @param held whether readers keep what is stored because somebody edits
 * @param stored the page that is there; null when there is none
 * @param keeping what would become of the answer; null when none was asked about, or when it is kept in no case
 */
public record Explanation(
        String rule,
        Decision decision,
        String reason,
        int status,
        @Nullable String location,
        @Nullable String key,
        boolean held,
        @Nullable Stored stored,
        @Nullable Keeping keeping) {

    public enum Decision {
        /** Answered from the store. */
        HIT,
        /** Answered with a stale page. */
        STALE,
        /** The origin is asked whether the stored page holds. */
        REVALIDATE,
        /** The origin is asked for the page. */
        FETCH,
        /** The origin answers, and the cache is not consulted. */
        PASS,
        /** The proxy sends the reader elsewhere. */
        REDIRECT,
        /** The proxy answers with an error. */
        REFUSE
    }

    /**
     * On whose word a page is fresh.
     *
     * @param from {@code origin}, {@code policy}, {@code heuristic} or {@code none}
     * @param field of the answer ({@code Cache-Control: max-age}) or of the policy ({@code ttl}); empty for {@code none}
     */
    public record LifetimeSource(String from, String field) {}

    /**
     * @param age since the origin made it
     * @param lifetime how long it is fresh
     * @param softPurgedAt when a soft purge made it stale, or null
     * @param elements whether it is filled in for each reader
     */
    public record Stored(
            int status,
            Duration age,
            Duration lifetime,
            LifetimeSource lifetimeSource,
            @Nullable Instant softPurgedAt,
            List<String> tags,
            boolean elements) {}

    /**
     * @param status that the origin answers with; 0 when it has none
     * @param kept whether the answer would be stored; a page that is too large once its body has come is not
     * @param reason why not; null when it would
     * @param lifetime how long it would be fresh
     * @param staleWhileRevalidate how long after that readers get it while it is fetched anew
     * @param staleIfError how long after that it stands in for an origin that fails
     * @param varies names of the request fields that its variants differ by
     */
    public record Keeping(
            int status,
            boolean kept,
            @Nullable String reason,
            Duration lifetime,
            LifetimeSource lifetimeSource,
            Duration staleWhileRevalidate,
            Duration staleIfError,
            List<String> tags,
            List<String> varies) {}
}
