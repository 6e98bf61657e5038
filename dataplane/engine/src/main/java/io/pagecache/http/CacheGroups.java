package io.pagecache.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Groups of answers of one origin (RFC 9875). {@code Cache-Groups} names those of an answer, {@code Cache-Group-Invalidation} in the
 * answer to an unsafe request those that are no longer true. Both fields go on to the client: caches behind this one keep groups as well.
 */
public final class CacheGroups {
    public static final String MEMBERSHIP = "Cache-Groups";
    public static final String INVALIDATION = "Cache-Group-Invalidation";

    /** Groups in one field; RFC 9875 section 2 asks for 128 at least. */
    public static final int MOST = 256;

    /** Characters in the name of a group; RFC 9875 section 2 asks for 128 at least. */
    public static final int LONGEST = 512;

    private CacheGroups() {}

    /** Whether a field has more groups, or longer ones, than are kept. */
    public static boolean isTooMuch(List<String> groups) {
        if (groups.size() > MOST) {
            return true;
        }
        for (String group : groups) {
            if (group.length() > LONGEST) {
                return true;
            }
        }
        return false;
    }

    /** The groups in a field; none when it is absent or anything but a list of strings. Parameters mean nothing. */
    public static List<String> named(Headers headers, String field) {
        List<String> lines = headers.all(field);
        @Nullable List<String> groups = lines.isEmpty() ? null : StructuredDictionary.strings(lines);
        return groups == null ? List.of() : groups;
    }

    /** The tag of a group of one origin: names of groups mean nothing beyond it, and the blank keeps the tag from being any other. */
    public static String tag(String scheme, String host, String group) {
        return "group " + scheme + "://" + host + ' ' + group;
    }
}
