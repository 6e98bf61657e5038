package io.pagecache.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Cache directives of an answer, of the one field that counts for this cache (RFC 9111 section 5.2.2, RFC 5861, RFC 8246). The
 * first of these fields that is present and well-formed wins, and the others are not looked at: {@code Pagecache-Control},
 * {@code CDN-Cache-Control} (RFC 9213 section 2.2), {@code Surrogate-Control}, {@code Cache-Control}.
 *
 * <p>Durations are null when the directive is absent; a value that is no number counts as zero, repeated directives as the
 * strictest of them, and text that is no list of directives as {@code no-store}. {@code private} and {@code no-cache} that name
 * fields count as those that name none.
 *
 * @param source the field that counted
 */
public record ResponseDirectives(
        Source source,
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

    /** An answer without any directive. */
    public static final ResponseDirectives NONE = new ResponseDirectives(
            Source.CACHE_CONTROL, false, false, false, false, false, false, false, false, null, null, null, null);

    /** Field that the directives were read from. */
    public enum Source {
        PAGECACHE_CONTROL("Pagecache-Control"),
        CDN_CACHE_CONTROL("CDN-Cache-Control"),
        SURROGATE_CONTROL("Surrogate-Control"),
        /** Also when there is no field at all: {@code Expires} and heuristics count only here. */
        CACHE_CONTROL("Cache-Control");

        private final String field;

        Source(String field) {
            this.field = field;
        }

        /** Its name. */
        public String field() {
            return field;
        }
    }

    /** Reads the field that counts. */
    public static ResponseDirectives of(Headers headers) {
        return ResponseDirectivesParser.parse(headers);
    }

    /**
     * Whether the origin forbids to change the form of its answer (RFC 9111 section 5.2.2.6). Said in {@code Cache-Control} to
     * everybody on the way, so it counts beside a targeted field.
     */
    public static boolean forbidsTransformation(Headers headers) {
        boolean[] forbidden = new boolean[1];
        DirectiveReader.read(headers, "Cache-Control", (name, value) -> forbidden[0] |= name.equals("no-transform"));
        return forbidden[0];
    }

    /** Whether {@code Cache-Control} forbids browsers to keep the answer, whatever a targeted field allows this cache. */
    public static boolean forbidsBrowsersToStore(Headers headers) {
        boolean[] forbidden = new boolean[1];
        DirectiveReader.read(headers, "Cache-Control", (name, value) -> forbidden[0] |= name.equals("no-store"));
        return forbidden[0];
    }

    /** {@code Expires} counts: no targeted field stood in for {@code Cache-Control} (RFC 9213 section 2.2). */
    public boolean honoursExpires() {
        return source == Source.CACHE_CONTROL;
    }

    /** Whether the origin forbids a shared cache to serve the page stale (RFC 9111 section 4.2.4). */
    public boolean forbidsStale() {
        return mustRevalidate || proxyRevalidate || noCache || sharedMaxAge != null;
    }

    /** Whether a shared cache may keep the answer to a request with {@code Authorization} (RFC 9111 section 3.5). */
    public boolean allowsAuthorized() {
        return isPublic || mustRevalidate || sharedMaxAge != null;
    }
}
