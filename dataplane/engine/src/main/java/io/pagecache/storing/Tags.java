package io.pagecache.storing;

import io.pagecache.http.CacheGroups;
import io.pagecache.http.Headers;
import io.pagecache.http.PageRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tags of a page: those of its rule, those in the origin's tag headers, separated by blanks or commas, and its cache groups, under
 * their names and under names that only invalidation by their own origin knows.
 */
final class Tags {
    static final int MOST = 256;
    static final int LONGEST = 1024;

    private final List<String> fields;

    /** @param fields names of the headers that carry tags */
    Tags(List<String> fields) {
        this.fields = fields;
    }

    /** The tags without repeats, or null when there are too many or one is too long to be kept. */
    @Nullable
    List<String> of(PageRequest request, Headers headers, List<String> ofRule) {
        List<String> groups = CacheGroups.named(headers, CacheGroups.MEMBERSHIP);
        Set<String> tags = new LinkedHashSet<>(ofRule);
        for (int i = 0; i < fields.size(); i++) {
            for (String line : headers.all(fields.get(i))) {
                if (!split(line, tags)) {
                    return null;
                }
            }
        }
        if (tags.size() > MOST || CacheGroups.isTooMuch(groups)) {
            return null;
        }
        for (String group : groups) {
            tags.add(group);
            tags.add(CacheGroups.tag(request.scheme(), request.host(), group));
        }
        return new ArrayList<>(tags);
    }

    private static boolean split(String line, Set<String> tags) {
        int start = 0;
        for (int i = 0; i <= line.length(); i++) {
            if (i < line.length() && !isSeparator(line.charAt(i))) {
                continue;
            }
            if (i - start > LONGEST || tags.size() > MOST) {
                return false;
            }
            if (i > start) {
                tags.add(line.substring(start, i));
            }
            start = i + 1;
        }
        return true;
    }

    private static boolean isSeparator(char c) {
        return c == ' ' || c == ',' || c == '\t';
    }
}
