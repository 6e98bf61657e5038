package io.pagecache.esi;

import java.util.List;

/**
 * A page with its ESI elements told apart.
 *
 * @param nodes in the page's order
 * @param problems what was wrong; the page is served with what is right
 */
public record EsiDocument(List<EsiNode> nodes, List<EsiProblem> problems) {
    public EsiDocument {
        nodes = List.copyOf(nodes);
        problems = List.copyOf(problems);
    }
}
