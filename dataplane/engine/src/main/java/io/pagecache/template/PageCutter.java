package io.pagecache.template;

import io.pagecache.esi.EsiProblem;
import io.pagecache.http.Body;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One page on its way through the compiler. Used once. */
final class PageCutter {
    private static final int MAX_PROBLEMS = 50;

    private final Body body;
    private final MarkerScanner scanner;
    private final OutputEncoding encoding;
    private final DeclaredNames declared;
    private final Set<String> values = new HashSet<>();
    private final Set<String> elements = new HashSet<>();
    private final Map<String, Effect> effects = new HashMap<>();
    private final List<MarkerProblem> problems = new ArrayList<>();
    private final Deque<OpenBranch> open = new ArrayDeque<>();
    private List<Segment> segments = new ArrayList<>();
    private int markers;

    // Conditions below this depth stand around the block in hand.
    private int floor;

    // What stands in a block may not be shown, so what it does is not done for every reader.
    private int blocks;

    // Of the marker in hand, for problems.
    private int markerStart;
    private String command = "";

    PageCutter(Body body, MarkerScanner scanner, OutputEncoding encoding, DeclaredNames declared) {
        this.body = body;
        this.scanner = scanner;
        this.encoding = encoding;
        this.declared = declared;
    }

    /** Cuts a part of the page, which may follow parts that were cut before. */
    void cut(int begin, int limit) {
        int copied = begin;
        int from = begin;
        for (int start = scanner.nextOpen(begin, limit); start >= 0; start = scanner.nextOpen(from, limit)) {
            markerStart = start;
            command = "";
            if (++markers > PageCompiler.MAX_MARKERS) {
                tooMany();
                break;
            }
            int end = scanner.closeOf(start, PageCompiler.MAX_MARKER_LENGTH);
            if (end < 0 || end > limit) {
                problem(0, "the marker does not end within " + PageCompiler.MAX_MARKER_LENGTH + " bytes");
                from = start + scanner.openLength();
                continue;
            }
            addStatic(copied, start);
            command = scanner.command(start, end);
            obey(MarkerParser.parse(command));
            from = end + scanner.closeLength();
            copied = from;
        }
        addStatic(copied, limit);
    }

    private void tooMany() {
        if (markers == PageCompiler.MAX_MARKERS + 1) {
            problem(
                    0,
                    "more than " + PageCompiler.MAX_MARKERS + " markers: this one and what follows stay as they are");
        }
    }

    /** The page with all parts that were cut. */
    Compilation finish(EsiUse esi) {
        closeAll();
        return new Compilation(page(esi), problems);
    }

    /** What the content adds, for an element around it; a condition that opens in it ends in it. */
    List<Segment> block(Runnable content) {
        List<Segment> around = segments;
        int outerFloor = floor;
        segments = new ArrayList<>();
        floor = open.size();
        blocks++;
        content.run();
        closeAll();
        blocks--;
        List<Segment> inside = segments;
        segments = around;
        floor = outerFloor;
        return inside;
    }

    void add(Segment segment) {
        segments.add(segment);
    }

    void problem(EsiProblem problem) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(scanner.problemAt(problem.offset(), problem.message()));
        }
    }

    private CompiledPage page(EsiUse esi) {
        int size = 0;
        for (Segment segment : segments) {
            size += segment.size();
        }
        return new CompiledPage(segments, encoding, values, elements, effects, problems, esi, size);
    }

    private void obey(MarkerCommand wanted) {
        switch (wanted) {
            case MarkerCommand.Show show -> addValue(show);
            case MarkerCommand.Place(String element) -> addElement(element);
            case MarkerCommand.Condition condition -> openBranch(condition);
            case MarkerCommand.Else() -> turnBranch();
            case MarkerCommand.End() -> closeBranch();
            case MarkerCommand.Malformed(int offset, String message, String fallback) -> {
                problem(offset, message);
                addFallback(fallback, OutputFilter.HTML);
            }
        }
    }

    private void addValue(MarkerCommand.Show show) {
        if (!isDeclaredValue(show.path()) || !isPossible(show)) {
            addFallback(show.fallback(), show.filter());
            return;
        }
        if (show.effect() != null && open.isEmpty() && blocks == 0) {
            effects.merge(show.path().value(), show.effect(), Effect::and);
        }
        segments.add(new Segment.ValueSlot(show.path(), show.effect(), show.fallback(), show.filter()));
    }

    /** Only counters count, and only what a store keeps can be taken out of it. */
    private boolean isPossible(MarkerCommand.Show show) {
        String value = show.path().value();
        return switch (show.effect()) {
            case null -> true;
            case Effect.Add add -> isOneOf(declared.counters(), value, "counter", "incr and decr need one");
            case Effect.Take take -> isOneOf(declared.entries(), value, "entry of a store", "pop needs one");
        };
    }

    private boolean isOneOf(Set<String> possible, String value, String kind, String need) {
        if (possible.contains(value)) {
            return true;
        }
        problem(
                command.indexOf(value),
                "'%s' is no %s, and %s; declared: %s".formatted(value, kind, need, list(possible)));
        return false;
    }

    private boolean isDeclaredValue(ValuePath path) {
        if (declared.values().contains(path.value())) {
            values.add(path.value());
            return true;
        }
        problem(command.indexOf(path.value()), unknown("value", path.value(), declared.values()));
        return false;
    }

    private void addElement(String element) {
        if (declared.elements().contains(element)) {
            elements.add(element);
            segments.add(new Segment.ElementSlot(element));
        } else {
            problem(command.lastIndexOf(element), unknown("element", element, declared.elements()));
        }
    }

    private static String unknown(String kind, String name, Set<String> declared) {
        return "no " + kind + " '" + name + "' in the policy; declared: " + list(declared);
    }

    private static String list(Set<String> names) {
        return names.isEmpty() ? "none is" : String.join(", ", new TreeSet<>(names));
    }

    private void addFallback(@Nullable String fallback, OutputFilter filter) {
        String text = filter.apply(PageValue.MISSING, fallback);
        if (!text.isEmpty()) {
            segments.add(new Segment.Static(Body.wrap(encoding.encode(text))));
        }
    }

    private void openBranch(MarkerCommand.Condition condition) {
        isDeclaredValue(condition.path()); // an undeclared one is missing for ever, which is a branch as good as any
        if (open.size() == PageCompiler.MAX_NESTING) {
            problem(0, "conditions are nested deeper than " + PageCompiler.MAX_NESTING + ": this one shows nothing");
        }
        open.push(new OpenBranch(condition, segments, markerStart, command));
        segments = new ArrayList<>();
    }

    private void turnBranch() {
        OpenBranch branch = open.size() > floor ? open.peek() : null;
        if (branch == null || branch.then != null) {
            problem(0, branch == null ? "'else' without 'if' or 'unless'" : "a second 'else' for the same condition");
            return;
        }
        branch.then = segments;
        segments = new ArrayList<>();
    }

    private void closeBranch() {
        if (open.size() <= floor) {
            problem(0, "'end' without 'if' or 'unless'");
            return;
        }
        OpenBranch branch = open.pop();
        List<Segment> then = branch.then == null ? segments : branch.then;
        List<Segment> otherwise = branch.then == null ? List.of() : segments;
        segments = branch.around;
        if (open.size() < PageCompiler.MAX_NESTING) {
            segments.add(new Segment.Branch(branch.condition.path(), branch.condition.whenTrue(), then, otherwise));
        }
    }

    private void closeAll() {
        while (open.size() > floor) {
            OpenBranch branch = open.getFirst();
            markerStart = branch.start;
            command = branch.command;
            String around = floor == 0 ? "page" : "element around it";
            problem(0, "this condition has no 'end': it holds to the end of the " + around);
            closeBranch();
        }
    }

    void addStatic(int from, int to) {
        if (to > from) {
            segments.add(new Segment.Static(body.slice(from, to - from)));
        }
    }

    private void problem(int offset, String message) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(scanner.problemAt(markerStart, command, Math.max(0, offset), message));
        }
    }

    /** A condition whose end has not come yet. */
    private static final class OpenBranch {
        private final MarkerCommand.Condition condition;
        private final List<Segment> around;
        private final int start;
        private final String command;
        private @Nullable List<Segment> then;

        OpenBranch(MarkerCommand.Condition condition, List<Segment> around, int start, String command) {
            this.condition = condition;
            this.around = around;
            this.start = start;
            this.command = command;
        }
    }
}
