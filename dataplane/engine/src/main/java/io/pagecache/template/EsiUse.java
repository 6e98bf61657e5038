package io.pagecache.template;

import io.pagecache.esi.EsiNode;
import java.util.List;
import java.util.Map;

/**
 * What a page has of ESI.
 *
 * @param isAny whether there is anything
 * @param includes whether it has fragments
 * @param variables whether anything in it depends on the request
 * @param inlines fragments that stand in the page, by the address that includes call them by
 */
public record EsiUse(boolean isAny, boolean includes, boolean variables, Map<String, Inline> inlines) {
    public static final EsiUse NONE = new EsiUse(false, false, false, Map.of());

    public EsiUse {
        inlines = Map.copyOf(inlines);
    }

    /**
     * A fragment of the page itself.
     *
     * @param fetchable whether it is to be had at its address too, which then ranks before what stands in the page
     */
    public record Inline(boolean fetchable, List<Segment> content) {
        public Inline {
            content = List.copyOf(content);
        }
    }

    /** Whether a choice between these, or an address among them, depends on the request. */
    static boolean isVariable(EsiNode node) {
        return switch (node) {
            case EsiNode.Variable variable -> true;
            case EsiNode.Choose choose -> true;
            case EsiNode.Include(var include) ->
                !include.src().isConstant()
                        || (include.alt() != null && !include.alt().isConstant());
            default -> false;
        };
    }
}
