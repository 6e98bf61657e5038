package io.pagecache.template;

import io.pagecache.esi.EsiInclude;
import io.pagecache.esi.EsiText;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which fragments a page shows, and which it must wait for: the same answers while fragments are being called and when the page is
 * rendered. An include that failed passes to its {@code alt}, then to an inline fragment of its name, then to nothing.
 */
final class FragmentChoice {
    /** Inline fragments inside one another by include: deeper ones could multiply without end. */
    private static final int MOST_INLINE_DEPTH = 1;

    /** What an include comes to. */
    sealed interface Choice {
        record Shown(Fragment.Present fragment) implements Choice {}

        /** Content of an inline fragment of this page. */
        record InPage(List<Segment> content) implements Choice {}

        /** @param fails whether that is a failure of the attempt around it */
        record Nothing(boolean fails) implements Choice {}

        record Awaited(FragmentCall call) implements Choice {}
    }

    private enum Progress {
        DONE,
        FAILED,
        AWAITED
    }

    private final CompiledPage page;
    private final PageInputs inputs;

    FragmentChoice(CompiledPage page, PageInputs inputs) {
        this.page = page;
        this.inputs = inputs;
    }

    Choice of(EsiInclude include) {
        EsiUse.Inline inline = inline(include);
        if (inline != null && !inline.fetchable()) {
            return new Choice.InPage(inline.content());
        }
        Choice choice = called(include.src(), include);
        EsiText alt = include.alt();
        if (choice instanceof Choice.Nothing && alt != null) {
            choice = called(alt, include);
        }
        return choice instanceof Choice.Nothing && inline != null ? new Choice.InPage(inline.content()) : choice;
    }

    private EsiUse.@Nullable Inline inline(EsiInclude include) {
        boolean isNamed = include.src().isConstant() && !page.esi().inlines().isEmpty();
        return isNamed ? page.esi().inlines().get(include.src().asUrl(inputs.variables())) : null;
    }

    private Choice called(EsiText address, EsiInclude include) {
        FragmentCall call = new FragmentCall(address.asUrl(inputs.variables()), include.terms());
        return switch (inputs.fragments().get(call)) {
            case null -> new Choice.Awaited(call);
            case Fragment.Present present -> new Choice.Shown(present);
            case Fragment.Absent absent -> new Choice.Nothing(!include.continueOnError());
        };
    }

    List<Segment> of(Segment.Choose choose) {
        for (Segment.When alternative : choose.alternatives()) {
            if (alternative.test().holds(inputs.variables())) {
                return alternative.content();
            }
        }
        return choose.otherwise();
    }

    List<Segment> of(Segment.Branch branch) {
        boolean isTruthy = inputs.values()
                .getOrDefault(branch.path().value(), PageValue.MISSING)
                .at(branch.path().steps())
                .isTruthy();
        return isTruthy == branch.whenTrue() ? branch.then() : branch.otherwise();
    }

    List<Segment> of(Segment.Attempt attempt) {
        return walk(attempt.attempt(), null, 0) == Progress.FAILED ? attempt.except() : attempt.attempt();
    }

    /** Adds the calls that must be answered before the page, or more of it, can be rendered. */
    void collect(Set<FragmentCall> calls) {
        walk(page.segments(), calls, 0);
    }

    private Progress walk(List<Segment> segments, @Nullable Set<FragmentCall> calls, int inlined) {
        Progress all = Progress.DONE;
        for (Segment segment : segments) {
            Progress one =
                    switch (segment) {
                        case Segment.Include(var include) -> walk(of(include), calls, inlined);
                        case Segment.Choose choose -> walk(of(choose), calls, inlined);
                        case Segment.Branch branch -> walk(of(branch), calls, inlined);
                        case Segment.Attempt attempt -> attempt(attempt, calls, inlined);
                        default -> Progress.DONE;
                    };
            all = one.compareTo(all) > 0 ? one : all;
        }
        return all;
    }

    private Progress walk(Choice choice, @Nullable Set<FragmentCall> calls, int inlined) {
        return switch (choice) {
            case Choice.Shown shown -> Progress.DONE;
            case Choice.Nothing(boolean fails) -> fails ? Progress.FAILED : Progress.DONE;
            case Choice.InPage(var content) ->
                inlined == MOST_INLINE_DEPTH ? Progress.DONE : walk(content, calls, inlined + 1);
            case Choice.Awaited(var call) -> {
                if (calls != null) {
                    calls.add(call);
                }
                yield Progress.AWAITED;
            }
        };
    }

    private Progress attempt(Segment.Attempt attempt, @Nullable Set<FragmentCall> calls, int inlined) {
        Progress attempted = walk(attempt.attempt(), calls, inlined);
        return attempted == Progress.FAILED ? walk(attempt.except(), calls, inlined) : attempted;
    }

    /** Whether inline fragments may go one deeper. */
    static boolean mayInline(int inlined) {
        return inlined < MOST_INLINE_DEPTH;
    }
}
