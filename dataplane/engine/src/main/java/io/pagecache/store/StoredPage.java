package io.pagecache.store;

import io.pagecache.freshness.StaleWindows;
import io.pagecache.http.Body;
import io.pagecache.http.ContentRange;
import io.pagecache.http.EntityTag;
import io.pagecache.http.Headers;
import io.pagecache.http.ResponseDirectives;
import io.pagecache.key.CacheKey;
import io.pagecache.template.CompiledPage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One answer in the store: a complete page, or a part of one. Immutable; a revalidation swaps in a new one.
 *
 * @param key under which it was fetched
 * @param vary names of the request fields in the answer's {@code Vary}, lower case; empty without one
 * @param varyValues normalised values of those fields in the request to the origin, in the order of {@code vary}
 * @param status final status
 * @param headers stored fields: no hop-by-hop, Connection-nominated, tag or control fields; no {@code Age}
 * @param control fields that speak to this cache (tags, targeted directives): the word of the origin until a 304 changes it, never
 *     sent to clients
 * @param generatedTag validator made by this cache where the origin sent none; null otherwise. Never sent to the origin
 * @param directives the answer's cache directives, already of the field that counts (RFC 9213)
 * @param body identity form; of a page with elements: its source
 * @param gzip gzip form, or null when there is none
 * @param compiled segments and elements, or null for a page without elements
 * @param arrivedAt when the head arrived, by the clock that never steps: the page ages from there
 * @param receivedAt when the head arrived, by the clock that others have
 * @param initialAge {@code corrected_initial_age} at {@code arrivedAt} (RFC 9111 section 4.2.3)
 * @param lifetime freshness lifetime
 * @param windows what may follow expiry
 * @param tags exact tags, without repeats
 * @param part which part of the page {@code body} is; null when it is all of it
 */
public record StoredPage(
        CacheKey key,
        List<String> vary,
        List<String> varyValues,
        int status,
        Headers headers,
        Headers control,
        @Nullable EntityTag generatedTag,
        ResponseDirectives directives,
        Body body,
        @Nullable Body gzip,
        @Nullable CompiledPage compiled,
        Instant arrivedAt,
        Instant receivedAt,
        Duration initialAge,
        Duration lifetime,
        StaleWindows windows,
        List<String> tags,
        @Nullable ContentRange part) {

    public StoredPage {
        vary = List.copyOf(vary);
        varyValues = List.copyOf(varyValues);
        tags = List.copyOf(tags);
    }

    /** A complete page. */
    public StoredPage(
            CacheKey key,
            List<String> vary,
            List<String> varyValues,
            int status,
            Headers headers,
            Headers control,
            @Nullable EntityTag generatedTag,
            ResponseDirectives directives,
            Body body,
            @Nullable Body gzip,
            @Nullable CompiledPage compiled,
            Instant arrivedAt,
            Instant receivedAt,
            Duration initialAge,
            Duration lifetime,
            StaleWindows windows,
            List<String> tags) {
        this(
                key,
                vary,
                varyValues,
                status,
                headers,
                control,
                generatedTag,
                directives,
                body,
                gzip,
                compiled,
                arrivedAt,
                receivedAt,
                initialAge,
                lifetime,
                windows,
                tags,
                null);
    }

    /** Age at {@code now}, by the clock that never steps (RFC 9111 section 4.2.3, {@code current_age}); never negative. */
    public Duration age(Instant now) {
        Duration resident = Duration.between(arrivedAt, now);
        return resident.isNegative() ? initialAge : initialAge.plus(resident);
    }

    /** How long the page has been stale at {@code now}; negative while it is fresh. */
    public Duration staleness(Instant now) {
        return age(now).minus(lifetime);
    }

    public boolean isFresh(Instant now) {
        return staleness(now).isNegative();
    }
}
