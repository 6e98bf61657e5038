package io.pagecache.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parser of Structured Field dictionaries (RFC 9651 section 4.2.2), strict as the RFC asks: any error voids the whole field.
 * Values come as {@link Long}, {@link Boolean}, {@link String} (strings and tokens alike), {@link List} (inner lists of strings) or
 * {@link #OTHER}; parameters are checked and dropped.
 */
final class StructuredDictionary {
    /** A well-formed value of a type that no cache directive has. */
    static final Object OTHER = new Object();

    private final String text;
    private int at;

    private StructuredDictionary(String text) {
        this.text = text;
    }

    /** The members by key, or null when the text is not a dictionary. Several lines count as one joined by commas. */
    static @Nullable Map<String, Object> parse(List<String> lines) {
        StructuredDictionary parser = new StructuredDictionary(String.join(", ", lines));
        Map<String, Object> members = new LinkedHashMap<>();
        return parser.readInto(members) ? members : null;
    }

    /** The members of a list of strings (RFC 9651 section 4.2.1), or null when the text is none. */
    static @Nullable List<String> strings(List<String> lines) {
        StructuredDictionary parser = new StructuredDictionary(String.join(", ", lines));
        List<String> members = new ArrayList<>();
        return parser.readInto(members) ? members : null;
    }

    private boolean readInto(List<String> members) {
        skip(false);
        while (at < text.length()) {
            if (peek() != '"' || !(string() instanceof String member) || !parameters()) {
                return false;
            }
            members.add(member);
            skip(true);
            if (at == text.length()) {
                return true;
            }
            if (!take(',')) {
                return false;
            }
            skip(true);
            if (at == text.length()) {
                return false;
            }
        }
        return true;
    }

    private boolean readInto(Map<String, Object> members) {
        skip(false);
        while (at < text.length()) {
            String key = key();
            if (key == null) {
                return false;
            }
            Object value = take('=') ? itemOrInnerList() : Boolean.TRUE;
            if (value == null || !parameters()) {
                return false;
            }
            members.put(key, value);
            skip(true);
            if (at == text.length()) {
                return true;
            }
            if (!take(',')) {
                return false;
            }
            skip(true);
            if (at == text.length()) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Object itemOrInnerList() {
        if (!take('(')) {
            return bareItem();
        }
        List<String> strings = new ArrayList<>();
        boolean onlyStrings = true;
        while (true) {
            skip(false);
            if (take(')')) {
                return onlyStrings ? strings : OTHER;
            }
            onlyStrings &= peek() == '"';
            Object item = bareItem();
            if (item == null || !parameters()) {
                return null;
            }
            if (item instanceof String text) {
                strings.add(text);
            }
            if (peek() != ' ' && peek() != ')') {
                return null;
            }
        }
    }

    private boolean parameters() {
        while (take(';')) {
            skip(false);
            if (key() == null || (take('=') && bareItem() == null)) {
                return false;
            }
        }
        return true;
    }

    private @Nullable String key() {
        int start = at;
        if (!isKeyStart(peek())) {
            return null;
        }
        while (isKeyStart(peek()) || Grammar.isDigit(peek()) || (at < text.length() && "_-.".indexOf(peek()) >= 0)) {
            at++;
        }
        return text.substring(start, at);
    }

    private static boolean isKeyStart(char c) {
        return (c >= 'a' && c <= 'z') || c == '*';
    }

    private @Nullable Object bareItem() {
        char c = peek();
        return switch (c) {
            case '"' -> string();
            case '?' -> bool();
            case ':' -> byteSequence();
            case '@' -> date();
            case '%' -> displayString();
            default -> c == '-' || Grammar.isDigit(c) ? number() : token();
        };
    }

    private @Nullable Object number() {
        boolean negative = take('-');
        int start = at;
        long value = 0;
        while (Grammar.isDigit(peek())) {
            if (at - start == 15) {
                return null;
            }
            value = value * 10 + (text.charAt(at++) - '0');
        }
        if (at == start) {
            return null;
        }
        if (peek() != '.') {
            return negative ? -value : value;
        }
        return fraction(at - start);
    }

    private @Nullable Object fraction(int integerDigits) {
        int start = ++at;
        while (Grammar.isDigit(peek())) {
            at++;
        }
        int digits = at - start;
        return integerDigits <= 12 && digits >= 1 && digits <= 3 ? OTHER : null;
    }

    private @Nullable Object string() {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return value.toString();
            }
            if (c == '\\') {
                at++;
                if (peek() != '"' && peek() != '\\') {
                    return null;
                }
                c = peek();
            }
            if (c < 0x20 || c > 0x7E) {
                return null;
            }
            value.append(c);
        }
        return null;
    }

    private @Nullable Object token() {
        int start = at;
        char first = peek();
        if (first != '*' && (!Grammar.isAlphaNumeric(first) || Grammar.isDigit(first))) {
            return null;
        }
        while (Grammar.isTokenChar(peek()) || peek() == ':' || peek() == '/') {
            at++;
        }
        return text.substring(start, at);
    }

    private @Nullable Object bool() {
        at++;
        if (take('1')) {
            return Boolean.TRUE;
        }
        return take('0') ? Boolean.FALSE : null;
    }

    private @Nullable Object byteSequence() {
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == ':') {
                at++;
                return OTHER;
            }
            if (!Grammar.isAlphaNumeric(c) && c != '+' && c != '/' && c != '=') {
                return null;
            }
        }
        return null;
    }

    private @Nullable Object date() {
        at++;
        return number() instanceof Long ? OTHER : null;
    }

    private @Nullable Object displayString() {
        at++;
        return peek() == '"' && string() != null ? OTHER : null;
    }

    /** The next character; NUL, which no rule accepts, at the end. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private boolean take(char expected) {
        if (peek() == expected && at < text.length()) {
            at++;
            return true;
        }
        return false;
    }

    private void skip(boolean tabsToo) {
        while (peek() == ' ' || (tabsToo && peek() == '\t')) {
            at++;
        }
    }
}
