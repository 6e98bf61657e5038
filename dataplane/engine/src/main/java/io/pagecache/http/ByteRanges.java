package io.pagecache.http;

import io.pagecache.http.RangeSelection.ByteRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code Range} and {@code If-Range} (RFC 9110 sections 13.1.5 and 14.2). A request that would cost more than the whole page
 * gets the whole page: too many ranges, or ranges that overlap (section 17.15).
 */
public final class ByteRanges {
    /** Most parts of one answer. */
    static final int MOST_RANGES = 16;

    private static final long GREATEST = Long.MAX_VALUE / 100;

    private static final RangeSelection WHOLE = new RangeSelection.Whole();
    private static final RangeSelection UNSATISFIABLE = new RangeSelection.Unsatisfiable();

    private ByteRanges() {}

    /**
     * @param status what would be answered without a range; only 200 has parts
     * @param representation fields of the form that would be sent
     * @param length of that form in bytes
     * @param now for the century of RFC 850 dates
     */
    public static RangeSelection select(
            PageRequest request, int status, Headers representation, int length, Instant now) {
        String field = request.headers().first("Range");
        if (field == null || status != 200 || !request.method().equals("GET")) {
            return WHOLE;
        }
        return ifRangeHolds(request.headers(), representation, now) ? parse(field, length) : WHOLE;
    }

    /** Strong comparison only: parts of different bytes must never be put together. */
    private static boolean ifRangeHolds(Headers request, Headers representation, Instant now) {
        String condition = request.first("If-Range");
        if (condition == null) {
            return true;
        }
        EntityTag tag = EntityTag.parse(condition);
        if (tag != null) {
            EntityTag current = EntityTag.of(representation);
            return current != null && tag.matchesStrongly(current);
        }
        return isStrongDate(HttpDates.parse(condition.strip(), now), representation, now);
    }

    /** The exact modification date, and old enough to be a strong validator (RFC 9110 section 8.8.2.2). */
    private static boolean isStrongDate(@Nullable Instant condition, Headers representation, Instant now) {
        Instant modified = HttpDates.of(representation, "Last-Modified", now);
        Instant date = HttpDates.of(representation, "Date", now);
        return modified != null
                && modified.equals(condition)
                && date != null
                && !date.isBefore(modified.plus(Duration.ofSeconds(1)));
    }

    private static RangeSelection parse(String field, int length) {
        if (!field.regionMatches(true, 0, "bytes=", 0, 6)) {
            return WHOLE;
        }
        List<ByteRange> satisfiable = new ArrayList<>(2);
        int specs = 0;
        int start = 6;
        while (start <= field.length()) {
            int comma = field.indexOf(',', start);
            int end = comma < 0 ? field.length() : comma;
            String spec = Grammar.trimmed(field, start, end);
            start = end + 1;
            if (spec.isEmpty()) {
                continue;
            }
            if (++specs > MOST_RANGES || !isSpec(spec)) {
                return WHOLE;
            }
            ByteRange range = resolve(spec, length);
            if (range != null) {
                if (overlaps(range, satisfiable)) {
                    return WHOLE;
                }
                satisfiable.add(range);
            }
        }
        if (specs == 0) {
            return WHOLE;
        }
        return satisfiable.isEmpty() ? UNSATISFIABLE : new RangeSelection.Partial(satisfiable);
    }

    /** {@code first-last}, {@code first-} or {@code -suffix} in digits, first not above last. */
    private static boolean isSpec(String spec) {
        int hyphen = spec.indexOf('-');
        if (hyphen < 0 || spec.length() == 1) {
            return false;
        }
        long first = hyphen == 0 ? 0 : number(spec, 0, hyphen);
        long last = hyphen == spec.length() - 1 ? Long.MAX_VALUE : number(spec, hyphen + 1, spec.length());
        return first >= 0 && last >= 0 && (hyphen == 0 || first <= last);
    }

    /** The part of a body of this length, or null when there is none. */
    private static @Nullable ByteRange resolve(String spec, int length) {
        int hyphen = spec.indexOf('-');
        boolean open = hyphen == spec.length() - 1;
        if (hyphen == 0) {
            long suffix = Math.min(number(spec, 1, spec.length()), length);
            return suffix == 0 ? null : new ByteRange((int) (length - suffix), length - 1);
        }
        long first = number(spec, 0, hyphen);
        long last = open ? length - 1L : Math.min(number(spec, hyphen + 1, spec.length()), length - 1L);
        return first >= length ? null : new ByteRange((int) first, (int) last);
    }

    private static boolean overlaps(ByteRange range, List<ByteRange> others) {
        for (ByteRange other : others) {
            if (range.first() <= other.last() && other.first() <= range.last()) {
                return true;
            }
        }
        return false;
    }

    /** The number, or -1 when there is anything but digits; what no body reaches counts as the greatest. */
    private static long number(String text, int from, int to) {
        if (from == to) {
            return -1;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!Grammar.isDigit(c)) {
                return -1;
            }
            value = Math.min(value * 10 + (c - '0'), GREATEST);
        }
        return value;
    }
}
