package io.pagecache.http;

import io.pagecache.http.RangeSelection.ByteRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a representation an answer has (RFC 9110 section 14.4).
 *
 * @param first index of its first byte
 * @param last index of its last byte, at least {@code first}
 * @param complete length of the whole, more than {@code last}
 */
public record ContentRange(int first, int last, int complete) {
    private static final String UNIT = "bytes ";

    /** The one part that a head announces; null without {@code Content-Range}, and when it is malformed or names no length. */
    public static @Nullable ContentRange of(Headers headers) {
        List<String> lines = headers.all("Content-Range");
        return lines.size() == 1 ? parse(lines.getFirst()) : null;
    }

    private static @Nullable ContentRange parse(String field) {
        int hyphen = field.indexOf('-');
        int slash = field.indexOf('/', hyphen + 1);
        if (!field.regionMatches(true, 0, UNIT, 0, UNIT.length()) || hyphen < 0 || slash < 0) {
            return null;
        }
        int first = number(field, UNIT.length(), hyphen);
        int last = number(field, hyphen + 1, slash);
        int complete = number(field, slash + 1, field.length());
        return first >= 0 && first <= last && last < complete ? new ContentRange(first, last, complete) : null;
    }

    /** The number, or -1 when there is anything but digits, or more than an array has room for. */
    private static int number(String text, int from, int to) {
        if (from >= to || to - from > 10) {
            return -1;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            if (!Grammar.isDigit(text.charAt(i))) {
                return -1;
            }
            value = value * 10 + (text.charAt(i) - '0');
        }
        return value > Integer.MAX_VALUE ? -1 : (int) value;
    }

    public int length() {
        return last - first + 1;
    }

    public boolean isWhole() {
        return first == 0 && last == complete - 1;
    }

    public boolean covers(ByteRange range) {
        return first <= range.first() && range.last() <= last;
    }

    /** Both together; null when there is a gap between them, or they are parts of different lengths. */
    public @Nullable ContentRange joined(ContentRange other) {
        boolean apart = other.first > last + 1 || first > other.last + 1;
        return apart || complete != other.complete
                ? null
                : new ContentRange(Math.min(first, other.first), Math.max(last, other.last), complete);
    }

    /** The value of {@code Content-Range}. */
    @Override
    public String toString() {
        return UNIT + first + '-' + last + '/' + complete;
    }
}
