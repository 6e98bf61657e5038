package io.pagecache.operator.policy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;

/**
 * The structure of a template: only sections that test, loop or name, each closed in order, and expressions without
 * namespaces. As in Qute, a brace followed by a blank is text, and so is an escaped one.
 */
public final class TemplateStructure implements TemplateCheck {
    /** Deeper templates cost more than a personal greeting should. */
    static final int MOST_NESTING = 8;

    private static final Set<String> SECTIONS = Set.of("if", "for", "each", "let", "set");
    private static final Set<String> CAN_HAVE_ELSE = Set.of("if", "for", "each");
    private static final Set<String> CAN_BE_EMPTY = Set.of("let", "set");
    private static final String EXPECTED = "expected if, for, each, let or set";

    @Override
    public Optional<String> problemOf(String template) {
        Deque<Tag> open = new ArrayDeque<>();
        int at = template.indexOf('{');
        while (at >= 0) {
            int end = endOf(template, at);
            if (end < 0) {
                return problem(template, at, unclosed(template, at));
            }
            Optional<String> problem = isTag(template, at)
                    ? judge(template, new Tag(at, template.substring(at + 1, end)), open)
                    : Optional.empty();
            if (problem.isPresent()) {
                return problem;
            }
            at = template.indexOf('{', end + 1);
        }
        Tag unclosed = open.peek();
        return unclosed == null
                ? Optional.empty()
                : problem(
                        template,
                        unclosed.offset(),
                        "{#%s} is not closed: expected {/%1$s}".formatted(unclosed.name()));
    }

    private static String unclosed(String template, int brace) {
        return isComment(template, brace)
                ? "this comment is not closed: expected !}"
                : "this brace is not closed: expected }, or \\{ for a brace as text";
    }

    /** @param content what stands between the braces */
    private record Tag(int offset, String content) {
        String name() {
            int end = 1;
            while (end < content.length() && Character.isLetter(content.charAt(end))) {
                end++;
            }
            return content.substring(1, end);
        }
    }

    private static boolean isText(String template, int brace) {
        if (brace > 0 && template.charAt(brace - 1) == '\\') {
            return true;
        }
        if (brace + 1 >= template.length()) {
            return true;
        }
        char next = template.charAt(brace + 1);
        return !(Character.isLetterOrDigit(next) || "_#/!'\"@|[(".indexOf(next) >= 0);
    }

    private static boolean isComment(String template, int brace) {
        return template.startsWith("{!", brace);
    }

    private static boolean isTag(String template, int brace) {
        return !isText(template, brace) && !isComment(template, brace);
    }

    /** Where what begins with this brace ends: the brace itself when it is text; -1 when it has no end. */
    private static int endOf(String template, int brace) {
        if (isText(template, brace)) {
            return brace;
        }
        if (isComment(template, brace)) {
            int end = template.indexOf("!}", brace);
            return end < 0 ? -1 : end + 1;
        }
        return closingBrace(template, brace);
    }

    /** The closing brace outside of quotes, or -1. */
    private static int closingBrace(String template, int brace) {
        char quote = 0;
        for (int i = brace + 1; i < template.length(); i++) {
            char c = template.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '}') {
                return i;
            }
        }
        return -1;
    }

    private static Optional<String> judge(String template, Tag tag, Deque<Tag> open) {
        return switch (tag.content().charAt(0)) {
            case '#' -> judgeSection(template, tag, open);
            case '/' -> judgeEnd(template, tag, open);
            case '@', '|', '[', '(' ->
                problem(
                        template,
                        tag.offset(),
                        "{%s} is not supported: expected an expression or a section".formatted(tag.content()));
            default -> judgeExpression(template, tag);
        };
    }

    private static Optional<String> judgeSection(String template, Tag tag, Deque<Tag> open) {
        String name = tag.name();
        if (name.equals("else")) {
            return open.isEmpty() || !CAN_HAVE_ELSE.contains(open.peek().name())
                    ? problem(template, tag.offset(), "{#else} stands outside of {#if} and {#for}")
                    : Optional.empty();
        }
        if (!SECTIONS.contains(name)) {
            return problem(template, tag.offset(), "{#%s} is not supported: %s".formatted(name, EXPECTED));
        }
        if (tag.content().endsWith("/")) {
            return CAN_BE_EMPTY.contains(name)
                    ? Optional.empty()
                    : problem(template, tag.offset(), "{#%s} has no content".formatted(name));
        }
        open.push(tag);
        return open.size() > MOST_NESTING
                ? problem(template, tag.offset(), "sections are nested more than %d deep".formatted(MOST_NESTING))
                : Optional.empty();
    }

    private static Optional<String> judgeEnd(String template, Tag tag, Deque<Tag> open) {
        if (open.isEmpty()) {
            return problem(template, tag.offset(), "{%s} closes nothing".formatted(tag.content()));
        }
        Tag opened = open.pop();
        return tag.name().isEmpty() || tag.name().equals(opened.name())
                ? Optional.empty()
                : problem(template, tag.offset(), "{%s} cannot close {#%s}".formatted(tag.content(), opened.name()));
    }

    private static Optional<String> judgeExpression(String template, Tag tag) {
        String content = tag.content();
        int end = 0;
        while (end < content.length()
                && (Character.isLetterOrDigit(content.charAt(end)) || "_-".indexOf(content.charAt(end)) >= 0)) {
            end++;
        }
        return end < content.length() && content.charAt(end) == ':'
                ? problem(
                        template,
                        tag.offset(),
                        "the namespace '%s' is not supported: expected the name of a value"
                                .formatted(content.substring(0, end)))
                : Optional.empty();
    }

    private static Optional<String> problem(String template, int offset, String text) {
        int line = 1
                + (int) template.substring(0, offset)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        int column = offset - template.lastIndexOf('\n', offset - 1);
        return Optional.of("at %d:%d of the template, %s".formatted(line, column, text));
    }
}
