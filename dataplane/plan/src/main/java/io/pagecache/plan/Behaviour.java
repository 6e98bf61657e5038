package io.pagecache.plan;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the requests of one rule are cached.
 *
 * @param cache whose word counts
 * @param ttl freshness lifetime where the origin gives none ({@code ORIGIN}) or always ({@code ALWAYS}); null: only what the
 *     origin's headers or RFC 9111's heuristic allow
 * @param ttlByStatus lifetimes of particular statuses, first match wins; rank before {@code ttl}
 * @param staleWhileRevalidate how long after expiry a stale page is served while one fetch refreshes it (RFC 5861 section 3),
 *     where the origin names no window of its own
 * @param staleIfError how long after expiry a stale page is served when the origin fails (RFC 5861 section 4), where the origin
 *     names no window of its own
 * @param key what, besides scheme, host and path, tells two pages apart
 * @param requestCookies which cookies of cacheable requests reach the origin
 * @param etag who makes validators
 * @param compress store compressible pages as identity and gzip, serve what the client accepts
 * @param coalesceMaxWait how long a follower waits for the leader's fetch before it fetches for itself
 * @param tags given to every page stored under the rule
 * @param elements when markers in a page are acted on
 * @param esi when ESI elements in a page are acted on
 */
public record Behaviour(
        Cache cache,
        @Nullable Duration ttl,
        List<StatusTtl> ttlByStatus,
        Duration staleWhileRevalidate,
        Duration staleIfError,
        KeyOptions key,
        RequestCookies requestCookies,
        Etag etag,
        boolean compress,
        Duration coalesceMaxWait,
        List<String> tags,
        Elements elements,
        Esi esi) {

    public Behaviour {
        ttlByStatus = List.copyOf(ttlByStatus);
        tags = List.copyOf(tags);
        requireNotNegative("ttl", ttl);
        requireNotNegative("staleWhileRevalidate", staleWhileRevalidate);
        requireNotNegative("staleIfError", staleIfError);
        requireNotNegative("coalesceMaxWait", coalesceMaxWait);
    }

    static void requireNotNegative(String field, @Nullable Duration value) {
        if (value != null && value.isNegative()) {
            throw new InvalidPlanException(field, "is %s: expected zero or more".formatted(value));
        }
    }

    public enum Cache {
        /** The origin's headers decide; {@code ttl} fills the gap. */
        ORIGIN,
        /** {@code ttl} wins over the origin's lifetime; its {@code private} and {@code no-store} still hold. */
        ALWAYS,
        NEVER
    }

    public enum Etag {
        /** Only validators of the origin. */
        ORIGIN,
        /** A strong ETag of the stored bytes where the origin sends none. */
        GENERATE
    }

    public enum Elements {
        OFF,
        /** Only in answers with {@code Surrogate-Control: content="Pagecache/1.0"}. */
        SURROGATE,
        /** In every HTML answer of the rule: only for sites whose visitors cannot publish markup. */
        ON
    }

    public enum Esi {
        OFF,
        /** Only in HTML and XML answers with {@code Surrogate-Control: content="ESI/1.0"}. */
        SURROGATE,
        /** In every HTML answer of the rule: only for sites whose visitors cannot publish markup. */
        ON
    }

    /** This behaviour with another lifetime where the origin gives none. */
    public Behaviour withTtl(Duration newTtl) {
        return new Behaviour(
                cache,
                newTtl,
                ttlByStatus,
                staleWhileRevalidate,
                staleIfError,
                key,
                requestCookies,
                etag,
                compress,
                coalesceMaxWait,
                tags,
                elements,
                esi);
    }

    /** Lifetime of answers with one of these statuses (100 to 599). */
    public record StatusTtl(List<Integer> statuses, Duration ttl) {
        public StatusTtl {
            statuses = List.copyOf(statuses);
            requireNotNegative("ttlByStatus.ttl", ttl);
        }
    }

    /** Which cookies of a cacheable request reach the origin; {@code names} counts with {@code ONLY}. */
    public record RequestCookies(Mode mode, List<String> names) {
        public RequestCookies {
            names = List.copyOf(names);
        }

        public enum Mode {
            FORWARD,
            STRIP,
            ONLY
        }
    }

    /**
     * @param query which query parameters tell pages apart
     * @param headers names of request headers that join the key, lower case
     * @param cookies names of cookies that join the key
     * @param languages language tags the site speaks; the first is the fallback. Empty: language is not in the key
     * @param device whether phones, tablets, desktops and bots get pages of their own
     * @param experiments names of experiments that every page of the rule depends on
     */
    public record KeyOptions(
            QueryKey query,
            List<String> headers,
            List<String> cookies,
            List<String> languages,
            boolean device,
            List<String> experiments) {
        public KeyOptions {
            headers = List.copyOf(headers);
            cookies = List.copyOf(cookies);
            languages = List.copyOf(languages);
            experiments = List.copyOf(experiments);
        }
    }

    /** Which query parameters join the key; {@code names} counts with {@code ONLY} and {@code EXCEPT}. */
    public record QueryKey(Mode mode, List<String> names) {
        public QueryKey {
            names = List.copyOf(names);
        }

        public enum Mode {
            /** The query string as it came. */
            ALL,
            /** Only the named parameters; the others are not sent to the origin either. */
            ONLY,
            /** All but the named parameters; those are not sent to the origin either. */
            EXCEPT,
            /** The query string is dropped, from the key and from the origin's URL. */
            IGNORE,
            /** A request with a query string is not cached. */
            BYPASS
        }
    }
}
