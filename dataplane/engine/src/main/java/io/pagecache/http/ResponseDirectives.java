package io.pagecache.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Cache directives of an answer, of the one field that counts for this cache (RFC 9111 section 5.2.2, RFC 5861, RFC 8246).
 * Durations are null when the directive is absent.
 */
public record ResponseDirectives(
        boolean noStore,
        boolean noCache,
        boolean isPrivate,
        boolean isPublic,
        boolean mustRevalidate,
        boolean proxyRevalidate,
        boolean mustUnderstand,
        boolean immutable,
        @Nullable Duration maxAge,
        @Nullable Duration sharedMaxAge,
        @Nullable Duration staleWhileRevalidate,
        @Nullable Duration staleIfError) {

    public static final ResponseDirectives NONE =
            new ResponseDirectives(false, false, false, false, false, false, false, false, null, null, null, null);
}
