package io.pagecache.template;

import io.pagecache.esi.EsiDocument;
import io.pagecache.esi.EsiNode;
import io.pagecache.esi.EsiProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lays a page's ESI elements out as segments, with the markers between them cut. Used once. */
final class EsiCutter {
    private final PageCutter cutter;
    private final boolean actsOnMarkers;
    private final Map<String, EsiUse.Inline> inlines = new HashMap<>();
    private boolean includes;
    private boolean variables;

    EsiCutter(PageCutter cutter, boolean actsOnMarkers) {
        this.cutter = cutter;
        this.actsOnMarkers = actsOnMarkers;
    }

    Compilation cut(EsiDocument document) {
        for (EsiProblem problem : document.problems()) {
            cutter.problem(problem);
        }
        addAll(document.nodes());
        return cutter.finish(new EsiUse(true, includes, variables, inlines));
    }

    private void addAll(List<EsiNode> nodes) {
        for (EsiNode node : nodes) {
            variables |= EsiUse.isVariable(node);
            switch (node) {
                case EsiNode.Text(int from, int to) -> text(from, to);
                case EsiNode.Variable(var variable) -> cutter.add(new Segment.Variable(variable));
                case EsiNode.Include(var include) -> {
                    includes = true;
                    cutter.add(new Segment.Include(include));
                }
                case EsiNode.Choose choose -> cutter.add(choose(choose));
                case EsiNode.Attempt(var attempt, var except) ->
                    cutter.add(new Segment.Attempt(block(attempt), block(except)));
                case EsiNode.Inline inline -> inline(inline);
            }
        }
    }

    private void text(int from, int to) {
        if (actsOnMarkers) {
            cutter.cut(from, to);
        } else {
            cutter.addStatic(from, to);
        }
    }

    private Segment.Choose choose(EsiNode.Choose choose) {
        List<Segment.When> alternatives = new ArrayList<>();
        for (EsiNode.When alternative : choose.alternatives()) {
            alternatives.add(new Segment.When(alternative.test(), block(alternative.content())));
        }
        return new Segment.Choose(alternatives, block(choose.otherwise()));
    }

    private void inline(EsiNode.Inline inline) {
        List<Segment> content = block(inline.content());
        if (inline.name() != null) {
            inlines.putIfAbsent(inline.name(), new EsiUse.Inline(inline.fetchable(), content));
        }
        cutter.add(new Segment.Choose(List.of(), content));
    }

    private List<Segment> block(List<EsiNode> nodes) {
        return cutter.block(() -> addAll(nodes));
    }
}
