package io.pagecache.http;

import java.util.Locale;
import java.util.Set;

/** Fields that come after a body (RFC 9110 section 6.5). They are passed on apart, never merged with those of the head, never stored. */
public final class Trailers {
    /** Fields that frame, route, authorise, negotiate or control: too late after the body, and dangerous if anybody believed them. */
    private static final Set<String> FORBIDDEN = Set.of(
            "content-length",
            "host",
            "trailer",
            "expect",
            "max-forwards",
            "via",
            "forwarded",
            "cdn-loop",
            "authorization",
            "www-authenticate",
            "authentication-info",
            "cookie",
            "set-cookie",
            "cache-control",
            "cdn-cache-control",
            "surrogate-control",
            "surrogate-key",
            "cache-tag",
            "cache-status",
            "cache-groups",
            "cache-group-invalidation",
            "no-vary-search",
            "pragma",
            "age",
            "date",
            "expires",
            "etag",
            "last-modified",
            "vary",
            "warning",
            "location",
            "retry-after",
            "accept-ranges",
            "range",
            "if-match",
            "if-none-match",
            "if-modified-since",
            "if-unmodified-since",
            "if-range");

    private Trailers() {}

    /** Those that may be passed on. */
    public static Headers passable(Headers trailers) {
        if (trailers.size() == 0) {
            return Headers.EMPTY;
        }
        Headers.Builder passable = Headers.builder();
        HopByHop.strip(trailers).forEach((name, value) -> {
            if (isPassable(name.toLowerCase(Locale.ROOT))) {
                passable.add(name, value);
            }
        });
        return passable.build();
    }

    private static boolean isPassable(String name) {
        return !FORBIDDEN.contains(name)
                && !name.startsWith("content-")
                && !name.startsWith("accept")
                && !name.startsWith("access-control-")
                && !name.startsWith("x-forwarded-")
                && !name.startsWith("pagecache-")
                && !name.startsWith("proxy-");
    }
}
