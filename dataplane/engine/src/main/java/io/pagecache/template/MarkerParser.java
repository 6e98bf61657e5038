package io.pagecache.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the text between a marker's delimiters. One instance per marker. */
final class MarkerParser {
    private static final String COMMANDS = "get, pop, incr, decr, element, if, unless, else or end";
    private static final int LONGEST_AMOUNT = 6;
    private static final String FILTERS = "html, js, url, json or number";

    private final String text;
    private int at;
    private @Nullable String fallback;

    private MarkerParser(String text) {
        this.text = text;
    }

    static MarkerCommand parse(String text) {
        MarkerParser parser = new MarkerParser(text);
        try {
            return parser.command();
        } catch (Wrong wrong) {
            return new MarkerCommand.Malformed(wrong.offset, wrong.problem, parser.fallback);
        }
    }

    private MarkerCommand command() throws Wrong {
        skipBlanks();
        int start = at;
        String word = word();
        MarkerCommand command =
                switch (word) {
                    case "get" -> show(path(), null);
                    case "pop" -> show(path(), new Effect.Take());
                    case "incr" -> count(1);
                    case "decr" -> count(-1);
                    case "element" -> new MarkerCommand.Place(name("the name of an element"));
                    case "if" -> new MarkerCommand.Condition(path(), true);
                    case "unless" -> new MarkerCommand.Condition(path(), false);
                    case "else" -> new MarkerCommand.Else();
                    case "end" -> new MarkerCommand.End();
                    case "" -> throw new Wrong(start, "expected a command: " + COMMANDS);
                    default -> throw new Wrong(start, "unknown command '" + word + "': expected " + COMMANDS);
                };
        skipBlanks();
        if (at < text.length()) {
            throw new Wrong(at, "unexpected '" + text.substring(at) + "' after the command");
        }
        return command;
    }

    private MarkerCommand count(int sign) throws Wrong {
        ValuePath counter = new ValuePath(name("the name of a counter"), List.of());
        skipBlanks();
        return show(counter, new Effect.Add(sign * amount()));
    }

    /** How much to count by; 1 unless it is said. */
    private long amount() throws Wrong {
        int start = at;
        String digits = word();
        if (digits.isEmpty()) {
            return 1;
        }
        boolean isNumber = digits.length() <= LONGEST_AMOUNT && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        long amount = isNumber ? Long.parseLong(digits) : 0;
        if (amount == 0) {
            throw new Wrong(start, "'" + digits + "' is no amount to count by: expected 1 to 999999");
        }
        return amount;
    }

    private MarkerCommand show(ValuePath path, @Nullable Effect effect) throws Wrong {
        skipBlanks();
        if (next() == '"') {
            fallback = quoted();
            skipBlanks();
        }
        OutputFilter filter = OutputFilter.HTML;
        if (next() == '|') {
            at++;
            filter = filter();
        }
        return new MarkerCommand.Show(path, effect, fallback, filter);
    }

    private OutputFilter filter() throws Wrong {
        skipBlanks();
        int start = at;
        String word = word();
        for (OutputFilter filter : OutputFilter.values()) {
            if (filter.name().toLowerCase(Locale.ROOT).equals(word)) {
                return filter;
            }
        }
        throw new Wrong(start, "unknown filter '" + word + "': expected " + FILTERS);
    }

    private ValuePath path() throws Wrong {
        String value = name("the name of a value");
        List<String> steps = new ArrayList<>();
        while (next() == '.') {
            at++;
            int start = at;
            String step = word();
            if (step.isEmpty()) {
                throw new Wrong(start, "expected a key or position after '.'");
            }
            steps.add(step);
        }
        return new ValuePath(value, steps);
    }

    private String name(String what) throws Wrong {
        skipBlanks();
        int start = at;
        String name = word();
        if (name.isEmpty() || !isLetter(name.charAt(0))) {
            throw new Wrong(start, "expected " + what + ", which starts with a letter");
        }
        return name;
    }

    private String quoted() throws Wrong {
        int start = at++;
        StringBuilder content = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return content.toString();
            }
            if (c == '\\' && at < text.length()) {
                c = text.charAt(at++);
            }
            content.append(c);
        }
        throw new Wrong(start, "the default text has no closing quote");
    }

    private String word() {
        int start = at;
        while (at < text.length() && isWordPart(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private void skipBlanks() {
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
    }

    private char next() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isWordPart(char c) {
        return isLetter(c) || c >= '0' && c <= '9' || c == '_' || c == '-';
    }

    /** Leaves the nested readers at the first mistake; never leaves this class. */
    private static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;

        private final int offset;
        private final String problem;

        Wrong(int offset, String problem) {
            super(problem, null, false, false);
            this.offset = offset;
            this.problem = problem;
        }
    }
}
