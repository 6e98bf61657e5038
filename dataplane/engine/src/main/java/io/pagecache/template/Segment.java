package io.pagecache.template;

import io.pagecache.http.Body;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of a compiled page. */
public sealed interface Segment {

    /** Bytes that are the same for every reader. */
    record Static(Body bytes) implements Segment {}

    /**
     * The text of a value.
     *
     * @param effect what is done to the value when the page is read, or null
     * @param fallback stands in for a missing value, before the filter; null when the marker names none
     */
    record ValueSlot(
            ValuePath path,
            @Nullable Effect effect,
            @Nullable String fallback,
            OutputFilter filter) implements Segment {}

    /** A rendered element. */
    record ElementSlot(String element) implements Segment {}

    /** One of two branches, either of which may be empty. */
    record Branch(ValuePath path, boolean whenTrue, List<Segment> then, List<Segment> otherwise) implements Segment {
        public Branch {
            then = List.copyOf(then);
            otherwise = List.copyOf(otherwise);
        }
    }

    /** Number of segments, branches included. */
    default int size() {
        if (!(this instanceof Branch branch)) {
            return 1;
        }
        int size = 1;
        for (Segment segment : branch.then) {
            size += segment.size();
        }
        for (Segment segment : branch.otherwise) {
            size += segment.size();
        }
        return size;
    }
}
