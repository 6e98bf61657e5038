package io.pagecache.http;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Fields that belong to one connection (RFC 9110 section 7.6.1). */
public final class HopByHop {
    private static final Set<String> ALWAYS = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-authentication-info",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings");

    /**
     * Never taken away by being named in {@code Connection}: decisions are made on them, and the origin must see what was decided
     * on. RFC 9110 forbids naming them.
     */
    private static final Set<String> PROTECTED = Set.of(
            "host",
            "cookie",
            "authorization",
            "accept",
            "accept-encoding",
            "accept-language",
            "range",
            "if-range",
            "cache-control",
            "content-type",
            "content-encoding",
            "content-length",
            "content-range",
            "date",
            "age",
            "etag",
            "expires",
            "last-modified",
            "set-cookie",
            "vary",
            "forwarded",
            "via",
            "cdn-loop",
            "cdn-cache-control",
            "pagecache-control",
            "surrogate-control",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-proto");

    private HopByHop() {}

    /** The end-to-end fields of a request or an answer. */
    public static Headers strip(Headers headers) {
        return headers.without(names(headers, Set.of()));
    }

    /**
     * The end-to-end fields of a message, for a policy that looks at more fields than HTTP itself.
     *
     * @param decisive lower-case names of further fields that decisions are made on (key headers, tag headers)
     */
    public static Headers strip(Headers headers, Collection<String> decisive) {
        return headers.without(names(headers, decisive));
    }

    private static Set<String> names(Headers headers, Collection<String> decisive) {
        if (!headers.contains("Connection")) {
            return ALWAYS;
        }
        Set<String> names = new HashSet<>(ALWAYS);
        for (String option : FieldList.members(headers, "Connection")) {
            String name = option.toLowerCase(Locale.ROOT);
            if (!PROTECTED.contains(name) && !decisive.contains(name)) {
                names.add(name);
            }
        }
        return names;
    }
}
