package io.pagecache.esi;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the tags of a page together to elements. What stands where it must not is a problem and shows nothing. Used once. */
final class EsiTree {
    /** Elements inside one another. */
    static final int MOST_NESTING = 16;

    private static final int MOST_PROBLEMS = 50;
    private static final String ELEMENTS =
            "include, inline, choose, when, otherwise, try, attempt, except, comment, remove or vars";

    private final EsiPage page;
    private final EsiAttributes attributes = new EsiAttributes(this::problem);
    private final List<EsiProblem> problems = new ArrayList<>();
    private final Deque<Frame> open = new ArrayDeque<>();

    EsiTree(EsiPage page) {
        this.page = page;
        open.push(new Frame("", 0, false));
    }

    void problem(int offset, String message) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(new EsiProblem(offset, message));
        }
    }

    /** Whether variables in text are replaced here. */
    boolean isSubstituting() {
        return top().isSubstituting;
    }

    void text(int from, int to) {
        if (to > from && (!top().isContainer() || !page.isBlank(from, to))) {
            add(from, new EsiNode.Text(from, to));
        }
    }

    void variable(EsiVariable variable) {
        add(0, new EsiNode.Variable(variable));
    }

    void open(EsiTag tag) {
        switch (tag.name()) {
            case "include" -> {
                EsiInclude include = attributes.include(tag);
                if (include != null) {
                    add(tag.start(), new EsiNode.Include(include));
                }
            }
            case "comment" -> {}
            case "when", "otherwise" -> part(tag, "choose");
            case "attempt", "except" -> part(tag, "try");
            case "choose", "try", "vars", "inline" -> element(tag);
            default ->
                problem(tag.start(), "unknown element '" + tag.name() + "': expected " + ELEMENTS + "; it is left out");
        }
    }

    private void element(EsiTag tag) {
        if (!tag.isEmpty()) {
            push(tag, isSubstituting() || tag.name().equals("vars"));
        }
    }

    private void part(EsiTag tag, String around) {
        if (tag.isEmpty()) {
            return;
        }
        boolean isMisplaced = !top().name.equals(around);
        if (isMisplaced) {
            problem(tag.start(), "'" + tag.name() + "' outside '" + around + "' shows nothing");
        }
        push(tag, isSubstituting()).isHidden |= isMisplaced;
    }

    private Frame push(EsiTag tag, boolean isSubstituting) {
        Frame frame = new Frame(tag.name(), tag.start(), isSubstituting);
        if (open.size() > MOST_NESTING) {
            problem(tag.start(), "elements are nested deeper than " + MOST_NESTING + ": this one shows nothing");
            frame.isHidden = true;
        }
        if (tag.name().equals("when")) {
            frame.test = attributes.test(tag);
        }
        if (tag.name().equals("inline")) {
            frame.inlineName = attributes.text(tag, "name");
            frame.isFetchable = "yes".equals(attributes.text(tag, "fetchable"));
        }
        open.push(frame);
        return frame;
    }

    void close(EsiTag tag) {
        if (tag.name().equals("include")
                || tag.name().equals("comment")
                || tag.name().equals("remove")) {
            return; // written with an end tag instead of '/>': the start tag said all
        }
        if (!isOpen(tag.name())) {
            problem(tag.start(), "'/" + tag.name() + "' closes nothing");
            return;
        }
        while (!top().name.equals(tag.name())) {
            problem(top().start, "'" + top().name + "' has no end: it ends with '" + tag.name() + "'");
            pop();
        }
        pop();
    }

    private boolean isOpen(String name) {
        for (Iterator<Frame> frames = open.iterator(); frames.hasNext(); ) {
            Frame frame = frames.next();
            if (frames.hasNext() && frame.name.equals(name)) {
                return true;
            }
        }
        return false;
    }

    EsiDocument finish() {
        while (open.size() > 1) {
            problem(top().start, "'" + top().name + "' has no end: it ends with the page");
            pop();
        }
        return new EsiDocument(top().content, problems);
    }

    private void pop() {
        Frame done = open.pop();
        Frame around = top();
        if (done.isHidden) {
            return;
        }
        switch (done.name) {
            case "when" -> around.alternatives.add(new EsiNode.When(done.test, done.content));
            case "otherwise" -> around.otherwise = once(around.otherwise, done);
            case "attempt" -> around.attempt = once(around.attempt, done);
            case "except" -> around.otherwise = once(around.otherwise, done);
            case "choose" -> add(done.start, new EsiNode.Choose(done.alternatives, orNothing(done.otherwise)));
            case "try" -> add(done.start, new EsiNode.Attempt(orNothing(done.attempt), orNothing(done.otherwise)));
            case "inline" -> add(done.start, new EsiNode.Inline(done.inlineName, done.isFetchable, done.content));
            default -> done.content.forEach(node -> add(done.start, node));
        }
    }

    private List<EsiNode> once(@Nullable List<EsiNode> before, Frame done) {
        if (before != null) {
            problem(done.start, "a second '" + done.name + "' shows nothing");
            return before;
        }
        return done.content;
    }

    private static List<EsiNode> orNothing(@Nullable List<EsiNode> nodes) {
        return nodes == null ? List.of() : nodes;
    }

    private void add(int offset, EsiNode node) {
        Frame frame = top();
        if (!frame.isContainer()) {
            frame.content.add(node);
        } else if (!frame.isComplainedAbout) {
            frame.isComplainedAbout = true;
            problem(offset, "only its parts may stand in '" + frame.name + "': this shows nothing");
        }
    }

    private Frame top() {
        return open.getFirst();
    }

    /** An element whose end has not come yet. */
    private static final class Frame {
        private final String name;
        private final int start;
        private final boolean isSubstituting;
        private final List<EsiNode> content = new ArrayList<>();
        private final List<EsiNode.When> alternatives = new ArrayList<>();
        private @Nullable List<EsiNode> attempt;
        private @Nullable List<EsiNode> otherwise;
        private EsiExpression test = EsiExpression.NEVER;
        private @Nullable String inlineName;
        private boolean isFetchable;
        private boolean isHidden;
        private boolean isComplainedAbout;

        Frame(String name, int start, boolean isSubstituting) {
            this.name = name;
            this.start = start;
            this.isSubstituting = isSubstituting;
        }

        boolean isContainer() {
            return name.equals("choose") || name.equals("try");
        }
    }
}
