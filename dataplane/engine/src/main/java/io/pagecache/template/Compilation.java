package io.pagecache.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What compiling a page gave.
 *
 * @param page null for a page without markers: it is served as it is
 * @param problems what was wrong with markers, in the page's order; each shows its fallback, and the page is served all the same
 */
public record Compilation(@Nullable CompiledPage page, List<MarkerProblem> problems) {
    static final Compilation WITHOUT_MARKERS = new Compilation(null, List.of());

    public Compilation {
        problems = List.copyOf(problems);
    }
}
