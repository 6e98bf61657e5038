package io.pagecache.key;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What all variants of a page share. Components are compared as a whole, so no text inside one can imitate another. Keys have an
 * order so that hash tables stay fast for those whose hash codes were made to collide.
 *
 * @param scheme {@code http} or {@code https}
 * @param host as in {@link io.pagecache.http.PageRequest}
 * @param path exactly what is sent to the origin
 * @param query exactly what is sent to the origin, after the rule's query policy; null without one
 */
public record BaseKey(
        String scheme, String host, String path, @Nullable String query) implements Comparable<BaseKey> {
    private static final Comparator<BaseKey> ORDER = Comparator.comparing(BaseKey::path)
            .thenComparing(BaseKey::query, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(BaseKey::host)
            .thenComparing(BaseKey::scheme);

    /** Path and query as sent to the origin. */
    public String target() {
        return query == null ? path : path + '?' + query;
    }

    @Override
    public int compareTo(BaseKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return scheme + "://" + host + target();
    }
}
