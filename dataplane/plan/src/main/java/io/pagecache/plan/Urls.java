package io.pagecache.plan;

import java.util.List;

/**
 * How URLs are understood, and which ones readers see.
 *
 * @param trailingSlash what readers of the other form of a path are sent to
 * @param normalise whether paths are brought into their normal form before anything is decided: what is matched and keyed is then
 *     what the origin is asked for
 * @param internalLinks where URLs of the origin are replaced by those that its readers use
 * @param internalAuthorities {@code host} or {@code host:port} by which the origin is known inside, lower case
 */
public record Urls(
        TrailingSlash trailingSlash, boolean normalise, InternalLinks internalLinks, List<String> internalAuthorities) {
    public static final Urls AS_SENT = new Urls(TrailingSlash.KEEP, false, InternalLinks.KEEP, List.of());

    public Urls {
        internalAuthorities = List.copyOf(internalAuthorities);
    }

    public enum TrailingSlash {
        /** {@code /a} and {@code /a/} are two pages. */
        KEEP,
        /** {@code /a} leads to {@code /a/}, unless its last segment has a dot. */
        ADD,
        /** {@code /a/} leads to {@code /a}. */
        REMOVE
    }

    public enum InternalLinks {
        KEEP,
        /** Replaced in header fields. */
        FIELDS,
        /** In header fields and in HTML. */
        PAGES
    }
}
