package io.pagecache.http;

import org.jspecify.annotations.Nullable;

/**
 * A validator (RFC 9110 section 8.8.3).
 *
 * @param weak whether it stands for equivalence only, not for equal bytes
 * @param opaque text between the quotes
 */
public record EntityTag(boolean weak, String opaque) {

    /** The tag of a message's {@code ETag}, or null when there is none or it is malformed. */
    public static @Nullable EntityTag of(Headers headers) {
        String field = headers.first("ETag");
        return field == null ? null : parse(field);
    }

    /** The tag that is the whole text, or null when it is malformed. */
    public static @Nullable EntityTag parse(String text) {
        String tag = text.strip();
        int start = tag.startsWith("W/") ? 2 : 0;
        int end = tag.length() - 1;
        if (end <= start || tag.charAt(start) != '"' || tag.charAt(end) != '"') {
            return null;
        }
        for (int i = start + 1; i < end; i++) {
            if (!isOpaque(tag.charAt(i))) {
                return null;
            }
        }
        return new EntityTag(start == 2, tag.substring(start + 1, end));
    }

    static boolean isOpaque(char c) {
        return c == 0x21 || (c >= 0x23 && c != 0x7F);
    }

    public static EntityTag strong(String opaque) {
        return new EntityTag(false, opaque);
    }

    /** The same tag, promising equivalence only. */
    public EntityTag weakened() {
        return weak ? this : new EntityTag(true, opaque);
    }

    /** Strong comparison: equal bytes (RFC 9110 section 8.8.3.2). */
    public boolean matchesStrongly(EntityTag other) {
        return !weak && !other.weak && opaque.equals(other.opaque);
    }

    /** Weak comparison: good enough to answer 304. */
    public boolean matchesWeakly(EntityTag other) {
        return opaque.equals(other.opaque);
    }

    /** The tag as it stands in {@code ETag}. */
    @Override
    public String toString() {
        return (weak ? "W/\"" : "\"") + opaque + '"';
    }
}
