package io.pagecache.key;

import java.util.ArrayList;
import java.util.List;

/**
 * Key of a page before the origin's {@code Vary} is known.
 *
 * @param base what all variants share
 * @param declared the rule's declared parts (headers, cookies, language) as length-prefixed text; empty when there are none
 */
public record CacheKey(BaseKey base, String declared) implements Comparable<CacheKey> {

    @Override
    public int compareTo(CacheKey other) {
        int byBase = base.compareTo(other.base);
        return byBase != 0 ? byBase : declared.compareTo(other.declared);
    }

    /** Values of the declared cookies, as sent; those that are missing are left out. */
    public List<String> cookieValues() {
        List<String> values = new ArrayList<>(0);
        int at = 0;
        while (at < declared.length()) {
            int equals = declared.indexOf('=', at);
            int colon = declared.indexOf(':', equals);
            boolean missing = declared.charAt(equals + 1) == '-';
            int from = missing ? equals + 2 : colon + 1;
            int length = missing ? 0 : Integer.parseInt(declared, equals + 1, colon, 10);
            if (!missing && declared.startsWith(KeyBuilder.COOKIE, at + 1)) {
                values.add(declared.substring(from, from + length));
            }
            at = from + length + 1;
        }
        return values;
    }

    @Override
    public String toString() {
        return declared.isEmpty() ? base.toString() : base + " " + declared;
    }
}
