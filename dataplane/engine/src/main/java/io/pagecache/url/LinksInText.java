package io.pagecache.url;

/**
 * Replaces internal URLs in a text that comes in pieces. Characters are octets: the URLs are ASCII, so it is right for every coding
 * of characters that has ASCII in it.
 */
public final class LinksInText {
    private final InternalLinks links;
    private final String base;
    private String held = "";

    /** @param base scheme and authority that the reader used */
    public LinksInText(InternalLinks links, String base) {
        this.links = links;
        this.base = base;
    }

    /** As much of the text as is known to be final: what may be the beginning of a URL is held back. */
    public String next(String piece) {
        String known = held.isEmpty() ? piece : held + piece;
        return upTo(known, Math.max(0, known.length() - links.longest()));
    }

    /** The rest. */
    public String end() {
        return upTo(held, held.length());
    }

    private String upTo(String known, int limit) {
        InternalLinks.Replaced replaced = links.replace(known, limit, base);
        held = known.substring(replaced.taken());
        return replaced.text();
    }
}
