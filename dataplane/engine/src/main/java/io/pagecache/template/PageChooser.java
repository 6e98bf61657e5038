package io.pagecache.template;

import io.pagecache.esi.EsiVariable;
import io.pagecache.http.Body;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One page on its way to one reader: its conditions decided, its fragments in their places. Used once. */
final class PageChooser {
    /** Bytes of fragments joined in: a page that includes others many times over must not grow without end. */
    static final long MOST_JOINED = 16L << 20;

    private static final int MOST_SEGMENTS = 20_000;

    private final CompiledPage page;
    private final PageInputs inputs;
    private final FragmentChoice choice;
    private final List<Segment> segments;
    private final Map<String, Effect> effects = new HashMap<>();
    private long joined;

    PageChooser(CompiledPage page, PageInputs inputs) {
        this.page = page;
        this.inputs = inputs;
        this.choice = new FragmentChoice(page, inputs);
        this.segments = new ArrayList<>(page.size());
    }

    ChosenPage chosen() {
        addAll(page.segments(), false, 0);
        return new ChosenPage(page.encoding(), segments, effects);
    }

    /** @param isConditional whether others may not get this; the effects of what all get are those of the page */
    private void addAll(List<Segment> from, boolean isConditional, int inlined) {
        for (Segment segment : from) {
            switch (segment) {
                case Segment.Static text -> segments.add(text);
                case Segment.ElementSlot element -> segments.add(element);
                case Segment.ValueSlot slot -> add(slot, isConditional);
                case Segment.Variable(var variable) -> add(variable);
                case Segment.Branch branch -> addAll(choice.of(branch), true, inlined);
                case Segment.Choose choose -> addAll(choice.of(choose), true, inlined);
                case Segment.Attempt attempt -> addAll(choice.of(attempt), true, inlined);
                case Segment.Include(var include) -> add(choice.of(include), inlined);
            }
        }
    }

    private void add(Segment.ValueSlot slot, boolean isConditional) {
        segments.add(slot);
        Effect effect = slot.effect();
        if (isConditional && effect != null) {
            effects.merge(slot.path().value(), effect, Effect::and);
        }
    }

    private void add(EsiVariable variable) {
        String text = inputs.variables().text(variable);
        if (text != null) {
            segments.add(new Segment.Static(Body.wrap(page.encoding().encode(OutputFilter.escapeHtml(text)))));
        }
    }

    private void add(FragmentChoice.Choice chosen, int inlined) {
        switch (chosen) {
            case FragmentChoice.Choice.Shown(var fragment) -> add(fragment);
            case FragmentChoice.Choice.InPage(var content) -> {
                if (FragmentChoice.mayInline(inlined) && segments.size() < MOST_SEGMENTS) {
                    addAll(content, true, inlined + 1);
                }
            }
            case FragmentChoice.Choice.Nothing nothing -> {}
            case FragmentChoice.Choice.Awaited uncalled -> {}
        }
    }

    private void add(Fragment.Present fragment) {
        boolean fits = joined + fragment.length() <= MOST_JOINED
                && segments.size() + fragment.parts().size() <= MOST_SEGMENTS;
        if (fits) {
            joined += fragment.length();
            fragment.parts().forEach(part -> segments.add(new Segment.Static(part)));
        }
    }
}
