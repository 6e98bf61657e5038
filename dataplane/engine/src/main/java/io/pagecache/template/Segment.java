package io.pagecache.template;

import io.pagecache.esi.EsiExpression;
import io.pagecache.esi.EsiInclude;
import io.pagecache.esi.EsiVariable;
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

    /** A fragment. */
    record Include(EsiInclude include) implements Segment {}

    /** The text of an ESI variable, escaped for HTML. */
    record Variable(EsiVariable variable) implements Segment {}

    /** The first alternative whose condition holds, else the rest. */
    record Choose(List<When> alternatives, List<Segment> otherwise) implements Segment {
        public Choose {
            alternatives = List.copyOf(alternatives);
            otherwise = List.copyOf(otherwise);
        }
    }

    record When(EsiExpression test, List<Segment> content) {
        public When {
            content = List.copyOf(content);
        }
    }

    /** The attempt, or the exception when a fragment of the attempt cannot be had. */
    record Attempt(List<Segment> attempt, List<Segment> except) implements Segment {
        public Attempt {
            attempt = List.copyOf(attempt);
            except = List.copyOf(except);
        }
    }

    /** Number of segments, branches included. */
    default int size() {
        return switch (this) {
            case Branch branch -> 1 + size(branch.then()) + size(branch.otherwise());
            case Choose choose -> {
                int size = 1 + size(choose.otherwise());
                for (When alternative : choose.alternatives()) {
                    size += size(alternative.content());
                }
                yield size;
            }
            case Attempt attempt -> 1 + size(attempt.attempt()) + size(attempt.except());
            default -> 1;
        };
    }

    private static int size(List<Segment> segments) {
        int size = 0;
        for (Segment segment : segments) {
            size += segment.size();
        }
        return size;
    }
}
