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
     * @param values what was looked up, by name, fallbacks already in place; a name that is not there is a missing value
     */
    public RenderedPage render(CompiledPage page, Map<String, PageValue> values) {
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

        Rendering(CompiledPage page, Map<String, PageValue> values) {
            this.encoding = page.encoding();
            this.values = values;
            this.parts = new ArrayList<>(page.size());
        }

        void addAll(List<Segment> segments) {
            for (Segment segment : segments) {
                switch (segment) {
                    case Segment.Static(Body bytes) -> add(bytes);
                    case Segment.ValueSlot slot -> add(slot);
                    case Segment.ElementSlot(String element) -> add(elements.computeIfAbsent(element, this::rendered));
                    case Segment.Branch branch ->
                        addAll(
                                valueAt(branch.path()).isTruthy() == branch.whenTrue()
                                        ? branch.then()
                                        : branch.otherwise());
                }
            }
        }

        private void add(Segment.ValueSlot slot) {
            String text = slot.filter().apply(valueAt(slot.path()), slot.fallback());
            add(Body.wrap(encoding.encode(text)));
        }

        private Body rendered(String element) {
            return Body.wrap(encoding.encode(templates.render(element, values)));
        }

        private PageValue valueAt(ValuePath path) {
            return values.getOrDefault(path.value(), PageValue.MISSING).at(path.steps());
        }

        private void add(Body part) {
            if (part.length() > 0) {
                parts.add(part);
                length += part.length();
            }
        }
    }
}
