package io.pagecache.key;

/**
 * Key of a page before the origin's {@code Vary} is known.
 *
 * @param base what all variants share
 * @param declared the rule's declared parts (headers, cookies, language) as length-prefixed text; empty when there are none
 */
public record CacheKey(BaseKey base, String declared) {

    @Override
    public String toString() {
        return declared.isEmpty() ? base.toString() : base + " " + declared;
    }
}
