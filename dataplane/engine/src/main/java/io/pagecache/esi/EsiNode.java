package io.pagecache.esi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of a page with ESI elements. */
public sealed interface EsiNode {

    /** Bytes of the page, from and up to these offsets. */
    record Text(int from, int to) implements EsiNode {}

    /** A variable inside {@code vars}. */
    record Variable(EsiVariable variable) implements EsiNode {}

    record Include(EsiInclude include) implements EsiNode {}

    /** The first alternative whose condition holds, else the rest. */
    record Choose(List<When> alternatives, List<EsiNode> otherwise) implements EsiNode {
        public Choose {
            alternatives = List.copyOf(alternatives);
            otherwise = List.copyOf(otherwise);
        }
    }

    record When(EsiExpression test, List<EsiNode> content) {
        public When {
            content = List.copyOf(content);
        }
    }

    /** The attempt, or the exception when a fragment of the attempt cannot be had. */
    record Attempt(List<EsiNode> attempt, List<EsiNode> except) implements EsiNode {
        public Attempt {
            attempt = List.copyOf(attempt);
            except = List.copyOf(except);
        }
    }

    /**
     * A fragment that stands in the page.
     *
     * @param name address by which includes of this page call it; null for none
     * @param fetchable whether it is also to be had at that address
     */
    record Inline(@Nullable String name, boolean fetchable, List<EsiNode> content) implements EsiNode {
        public Inline {
            content = List.copyOf(content);
        }
    }
}
