package io.pagecache.http;

import java.util.List;

/** What a {@code Range} makes of a whole answer (RFC 9110 section 14.2). */
public sealed interface RangeSelection {

    /** Answer with the whole. */
    record Whole() implements RangeSelection {}

    /** 206. @param ranges in the order asked for; never empty */
    record Partial(List<ByteRange> ranges) implements RangeSelection {
        public Partial {
            ranges = List.copyOf(ranges);
        }
    }

    /** 416. */
    record Unsatisfiable() implements RangeSelection {}

    /**
     * A part of a body that exists.
     *
     * @param first index of its first byte
     * @param last index of its last byte
     */
    record ByteRange(int first, int last) {
        public int length() {
            return last - first + 1;
        }
    }
}
