package io.pagecache.template;

import io.pagecache.http.Body;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Fills compiled pages. Immutable, pure and quick: every value has been looked up, and every fragment called, before. */
public final class PageRenderer {
    private final ElementTemplates templates;

    public PageRenderer(ElementTemplates templates) {
        this.templates = templates;
    }

    /** What a purge of this name means: the values that the element of that name reads, and the value of that name. */
    public Set<String> valuesNamed(String name) {
        Set<String> named = new HashSet<>(templates.valuesOf(name));
        named.add(name);
        return named;
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

    /** Calls for fragments that must be answered before the page can be rendered; empty when it can be. */
    public Set<FragmentCall> callsNeeded(CompiledPage page, PageInputs inputs) {
        if (!page.esi().includes()) {
            return Set.of();
        }
        Set<FragmentCall> calls = new LinkedHashSet<>();
        new FragmentChoice(page, inputs).collect(calls);
        return calls;
    }

    /**
     * Decides the conditions of a page without ESI.
     *
     * @param values what was looked up, by name, fallbacks already in place; a name that is not there is a missing value
     */
    public ChosenPage choose(CompiledPage page, Map<String, PageValue> values) {
        return choose(page, PageInputs.ofValues(values));
    }

    /**
     * Decides the conditions of a page and joins its fragments in. What is done to values in the branches that are taken has to be
     * done between this and {@link #render}, with which it changes neither the conditions nor the branches.
     */
    public ChosenPage choose(CompiledPage page, PageInputs inputs) {
        return new PageChooser(page, inputs).chosen();
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
                    case Segment.Branch undecided -> throw undecided(undecided);
                    case Segment.Choose undecided -> throw undecided(undecided);
                    case Segment.Attempt undecided -> throw undecided(undecided);
                    case Segment.Include undecided -> throw undecided(undecided);
                    case Segment.Variable undecided -> throw undecided(undecided);
                }
            }
        }

        private static IllegalArgumentException undecided(Segment segment) {
            return new IllegalArgumentException(segment + " is not decided");
        }

        private void add(Segment.ValueSlot slot) {
            PageValue value = values.getOrDefault(slot.path().value(), PageValue.MISSING);
            String text = slot.filter().apply(value.at(slot.path().steps()), slot.fallback());
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
