package io.pagecache.template;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A page with elements, cut into segments once when it is stored.
 *
 * @param segments in the order of the page; static ones are slices of the stored body
 * @param encoding how text that is filled in becomes bytes
 * @param values names of all values that markers read directly
 * @param elements names of all elements placed
 * @param effects what markers outside of conditions do to values, by value, for every reader
 * @param problems what is wrong with markers; each shows its fallback
 * @param esi what the page has of ESI
 * @param size number of segments, those in branches included
 */
public record CompiledPage(
        List<Segment> segments,
        OutputEncoding encoding,
        Set<String> values,
        Set<String> elements,
        Map<String, Effect> effects,
        List<MarkerProblem> problems,
        EsiUse esi,
        int size) {
    public CompiledPage {
        segments = List.copyOf(segments);
        values = Set.copyOf(values);
        elements = Set.copyOf(elements);
        effects = Map.copyOf(effects);
        problems = List.copyOf(problems);
    }

    /** Whether readers may get different pages from it, beside what its fragments bring. */
    public boolean isPersonal() {
        return !esi.isAny() || !values.isEmpty() || !elements.isEmpty() || esi.variables();
    }
}
