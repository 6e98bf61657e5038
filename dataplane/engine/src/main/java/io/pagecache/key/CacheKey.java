package io.pagecache.key;

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

    @Override
    public String toString() {
        return declared.isEmpty() ? base.toString() : base + " " + declared;
    }
}
