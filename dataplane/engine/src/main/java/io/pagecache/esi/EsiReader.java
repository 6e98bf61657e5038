package io.pagecache.esi;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the text of an attribute or of a variable from left to right. Used once. */
final class EsiReader {
    /** Leaves the nested readers at the first mistake; never leaves this package. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        private final int offset;
        private final String problem;

        Malformed(int offset, String problem) {
            super(problem, null, false, false);
            this.offset = offset;
            this.problem = problem;
        }

        int offset() {
            return offset;
        }

        String problem() {
            return problem;
        }
    }

    private static final String KNOWN =
            Arrays.stream(EsiVariable.Name.values()).map(Enum::name).collect(Collectors.joining(", "));

    private final String text;
    private int at;

    EsiReader(String text) {
        this.text = text;
    }

    int at() {
        return at;
    }

    boolean isAtEnd() {
        return at >= text.length();
    }

    char next() {
        return isAtEnd() ? '\0' : text.charAt(at);
    }

    boolean comes(String expected) {
        return text.startsWith(expected, at);
    }

    void skip(int characters) {
        at += characters;
    }

    void skipBlanks() {
        while (!isAtEnd() && text.charAt(at) <= ' ') {
            at++;
        }
    }

    /** Everything up to the next variable or the end. */
    String literal() {
        int end = text.indexOf("$(", at);
        String literal = end < 0 ? text.substring(at) : text.substring(at, end);
        at += literal.length();
        return literal;
    }

    /** Letters, digits, {@code _ . -}. */
    String word() {
        int start = at;
        while (!isAtEnd() && isWordPart(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    /** What stands between single quotes; there is no way to write a quote inside. */
    String quoted() throws Malformed {
        int end = text.indexOf('\'', at + 1);
        if (end < 0) {
            throw new Malformed(at, "the quoted text has no closing '");
        }
        String content = text.substring(at + 1, end);
        at = end + 1;
        return content;
    }

    /** Reads from {@code $(} to the closing parenthesis. */
    EsiVariable variable() throws Malformed {
        at += 2;
        EsiVariable.Name name = name();
        String key = null;
        if (next() == '{') {
            key = key(name);
        }
        String fallback = null;
        if (next() == '|') {
            at++;
            fallback = fallback();
        }
        if (next() != ')') {
            throw new Malformed(at, "expected ')' at the end of the variable");
        }
        at++;
        return new EsiVariable(name, key, fallback);
    }

    private EsiVariable.Name name() throws Malformed {
        int start = at;
        String word = word();
        for (EsiVariable.Name name : EsiVariable.Name.values()) {
            if (name.name().equals(word)) {
                return name;
            }
        }
        throw new Malformed(start, "unknown variable '" + word + "': expected one of " + KNOWN);
    }

    private @Nullable String key(EsiVariable.Name name) throws Malformed {
        int end = text.indexOf('}', at);
        if (!name.hasParts()) {
            throw new Malformed(at, name + " has no parts: expected ')' or '|'");
        }
        if (end < 0) {
            throw new Malformed(at, "the key has no closing '}'");
        }
        String key = text.substring(at + 1, end).strip();
        if (key.isEmpty()) {
            throw new Malformed(at + 1, "expected a key");
        }
        at = end + 1;
        return key;
    }

    private String fallback() throws Malformed {
        if (next() == '\'') {
            return quoted();
        }
        int end = text.indexOf(')', at);
        if (end < 0) {
            throw new Malformed(at, "expected ')' at the end of the variable");
        }
        String fallback = text.substring(at, end);
        at = end;
        return fallback;
    }

    private static boolean isWordPart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '.' || c == '-';
    }
}
