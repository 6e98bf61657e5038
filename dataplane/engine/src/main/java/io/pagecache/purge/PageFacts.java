package io.pagecache.purge;

import io.pagecache.http.VaryFields;
import io.pagecache.key.BaseKey;
import io.pagecache.key.CacheKey;
import java.time.Instant;
import java.util.List;

/**
 * What a purge can select a page by.
 *
 * @param base what all variants of the page share
 * @param tags exact tags
 * @param storedAt when the origin's answer arrived
 * @param users values, as sent, of the cookies that key the page
 */
public record PageFacts(BaseKey base, List<String> tags, Instant storedAt, List<String> users) {

    /**
     * @param vary names that select among the page's variants
     * @param varyValues their values, in the same order
     */
    public static PageFacts of(
            CacheKey key, List<String> vary, List<String> varyValues, List<String> tags, Instant storedAt) {
        List<String> users = key.cookieValues();
        for (int i = 0; i < vary.size(); i++) {
            if (VaryFields.isCookie(vary.get(i)) && !varyValues.get(i).isEmpty()) {
                users.add(varyValues.get(i).substring(1));
            }
        }
        return new PageFacts(key.base(), tags, storedAt, users);
    }
}
