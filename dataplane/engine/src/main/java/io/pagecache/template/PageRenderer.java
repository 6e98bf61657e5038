package io.pagecache.template;

import io.pagecache.http.Body;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Fills compiled pages. Immutable, pure and quick: every value has been looked up before. */
public final class PageRenderer {
    private final ElementTemplates templates;

    public PageRenderer(ElementTemplates templates) {
        this.templates = templates;
    }

    /** Names of all values that any reader's copy of this page may need: what to look up, in one batch, before rendering. */
    public Set<String> valuesNeeded(CompiledPage page) {
        if (page.elements().isEmpty()) {
            return page.values();
        }
        Set<String> needed = new HashSet<>(page.values());
        for (String element : page.elements()) {
            needed.addAll(templates.valuesOf(element));
        }
        return needed;
    }

    /**
     * Decides the conditions of a page. What is done to values in the branches that are taken has to be done between this and
     * {@link #render}, with which it changes neither the conditions nor the branches.
     *
     * @param values what was looked up, by name, fallbacks already in place; a name that is not there is a missing value
     */
    public ChosenPage choose(CompiledPage page, Map<String, PageValue> values) {
        List<Segment> segments = new ArrayList<>(page.size());
        Map<String, Effect> effects = new HashMap<>();
        for (Segment segment : page.segments()) {
            if (segment instanceof Segment.Branch branch) {
                choose(branch, values, segments, effects);
            } else {
                segments.add(segment);
            }
        }
        return new ChosenPage(page.encoding(), segments, effects);
    }

    private static void choose(
            Segment.Branch branch, Map<String, PageValue> values, List<Segment> chosen, Map<String, Effect> effects) {
        boolean isTrue = valueAt(values, branch.path()).isTruthy();
        for (Segment segment : isTrue == branch.whenTrue() ? branch.then() : branch.otherwise()) {
            if (segment instanceof Segment.Branch inner) {
                choose(inner, values, chosen, effects);
            } else {
                chosen.add(segment);
                if (segment instanceof Segment.ValueSlot(var path, var effect, var fallback, var filter)
                        && effect != null) {
                    effects.merge(path.value(), effect, Effect::and);
                }
            }
        }
    }

    private static PageValue valueAt(Map<String, PageValue> values, ValuePath path) {
        return values.getOrDefault(path.value(), PageValue.MISSING).at(path.steps());
    }

    /** @param values as in {@link #choose}, with what the page's effects have made of them */
    public RenderedPage render(ChosenPage page, Map<String, PageValue> values) {
        Rendering rendering = new Rendering(page, values);
        rendering.addAll(page.segments());
        return new RenderedPage(List.copyOf(rendering.parts), rendering.length);
    }

    private final class Rendering {
        private final OutputEncoding encoding;
        private final Map<String, PageValue> values;
        private final Map<String, Body> elements = new HashMap<>();
        private final List<Body> parts;
        private long length;

        Rendering(ChosenPage page, Map<String, PageValue> values) {
            this.encoding = page.encoding();
            this.values = values;
            this.parts = new ArrayList<>(page.segments().size());
        }

        void addAll(List<Segment> segments) {
            for (Segment segment : segments) {
                switch (segment) {
                    case Segment.Static(Body bytes) -> add(bytes);
                    case Segment.ValueSlot slot -> add(slot);
                    case Segment.ElementSlot(String element) -> add(elements.computeIfAbsent(element, this::rendered));
                    case Segment.Branch undecided ->
                        throw new IllegalArgumentException("the condition on " + undecided.path() + " is not decided");
                }
            }
        }

        private void add(Segment.ValueSlot slot) {
            String text = slot.filter().apply(valueAt(values, slot.path()), slot.fallback());
            add(Body.wrap(encoding.encode(text)));
        }

        private Body rendered(String element) {
            return Body.wrap(encoding.encode(templates.render(element, values)));
        }

        private void add(Body part) {
            if (part.length() > 0) {
                parts.add(part);
                length += part.length();
            }
        }
    }
}
