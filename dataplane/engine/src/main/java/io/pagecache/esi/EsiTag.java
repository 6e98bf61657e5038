package io.pagecache.esi;

import io.pagecache.esi.EsiReader.Malformed;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One tag of an ESI element.
 *
 * @param name without {@code esi:}
 * @param attributes by name, entities decoded
 * @param start offset of its {@code <} in the page
 * @param end offset of what follows its {@code >}
 */
record EsiTag(String name, boolean isClosing, boolean isEmpty, Map<String, Attribute> attributes, int start, int end) {

    /**
     * @param offset of the value in the page
     * @param isVerbatim whether a character of the value is a byte of the page
     */
    record Attribute(String value, int offset, boolean isVerbatim) {
        int offsetOf(int character) {
            return isVerbatim ? offset + character : offset;
        }
    }

    @Nullable
    Attribute attribute(String wanted) {
        return attributes.get(wanted);
    }

    /**
     * Reads the text between {@code <} and {@code >}.
     *
     * @param text {@code esi:name …}, {@code /esi:name}, {@code esi:name …/}
     * @param bytes offsets in the page of each character of the text, and of its end
     */
    static EsiTag read(String text, int[] bytes, int end) throws Malformed {
        return new Reading(text, bytes).tag(end);
    }

    private static final class Reading {
        private final String text;
        private final int[] bytes;
        private int at;

        Reading(String text, int[] bytes) {
            this.text = text;
            this.bytes = bytes;
        }

        EsiTag tag(int end) throws Malformed {
            boolean closing = text.startsWith("/");
            at = closing ? 5 : 4;
            String name = name();
            Map<String, Attribute> attributes = new HashMap<>();
            skipBlanks();
            while (at < text.length() && text.charAt(at) != '/') {
                attribute(attributes);
                skipBlanks();
            }
            boolean empty = at < text.length();
            if (empty && at != text.length() - 1) {
                throw new Malformed(bytes[at], "expected '>' after '/'");
            }
            return new EsiTag(name, closing, empty, attributes, bytes[0] - 1, end);
        }

        private void attribute(Map<String, Attribute> attributes) throws Malformed {
            int start = at;
            String name = name();
            if (name.isEmpty()) {
                throw new Malformed(bytes[start], "expected an attribute, '/' or '>'");
            }
            skipBlanks();
            if (at >= text.length() || text.charAt(at) != '=') {
                throw new Malformed(bytes[at], "expected '=' after '" + name + "'");
            }
            at++;
            skipBlanks();
            char quote = at < text.length() ? text.charAt(at) : ' ';
            int close = quote == '"' || quote == '\'' ? text.indexOf(quote, at + 1) : -1;
            if (close < 0) {
                throw new Malformed(bytes[at], "expected the value of '" + name + "' in quotes");
            }
            String written = text.substring(at + 1, close);
            String value = withoutEntities(written);
            boolean verbatim = value.length() == bytes[close] - bytes[at + 1];
            if (attributes.put(name, new Attribute(value, bytes[at + 1], verbatim)) != null) {
                throw new Malformed(bytes[start], "'" + name + "' stands there twice");
            }
            at = close + 1;
        }

        private String name() {
            int start = at;
            while (at < text.length() && isNamePart(text.charAt(at))) {
                at++;
            }
            return text.substring(start, at);
        }

        private void skipBlanks() {
            while (at < text.length() && text.charAt(at) <= ' ') {
                at++;
            }
        }

        private static boolean isNamePart(char c) {
            return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_';
        }

        private static String withoutEntities(String text) {
            if (text.indexOf('&') < 0) {
                return text;
            }
            return text.replace("&lt;", "<")
                    .replace("&gt;", ">")
                    .replace("&quot;", "\"")
                    .replace("&apos;", "'")
                    .replace("&amp;", "&");
        }
    }
}
