package io.pagecache.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the lists of directives in {@code Cache-Control} (RFC 9111 section 5.2). */
final class DirectiveReader {

    /** Takes directives one by one. */
    @FunctionalInterface
    interface Sink {
        /**
         * @param name lower case
         * @param value argument without its quotes; null when there is none
         */
        void directive(String name, @Nullable String value);
    }

    private DirectiveReader() {}

    /**
     * Hands every directive of every line to the sink.
     *
     * @return whether all of the text was a list of directives; what was not is left out
     */
    static boolean read(Headers headers, String field, Sink sink) {
        boolean wellFormed = true;
        for (String member : FieldList.members(headers, field)) {
            wellFormed &= readOne(member, sink);
        }
        return wellFormed;
    }

    private static boolean readOne(String member, Sink sink) {
        int equals = member.indexOf('=');
        String name = equals < 0 ? member : member.substring(0, equals);
        if (!Grammar.isToken(name)) {
            return false;
        }
        if (equals < 0) {
            sink.directive(lowerCase(name), null);
            return true;
        }
        String argument = member.substring(equals + 1);
        String value = argument.indexOf('"') < 0 ? argument : unquoted(argument);
        if (value == null) {
            return false;
        }
        sink.directive(lowerCase(name), value);
        return true;
    }

    private static String lowerCase(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** The text inside a quoted string, or null when the argument is not just that: a stray quote may hide a directive. */
    private static @Nullable String unquoted(String argument) {
        if (argument.charAt(0) != '"') {
            return null;
        }
        StringBuilder text = new StringBuilder(argument.length());
        for (int i = 1; i < argument.length(); i++) {
            char c = argument.charAt(i);
            if (c == '"') {
                return i == argument.length() - 1 ? text.toString() : null;
            }
            if (c == '\\' && ++i == argument.length()) {
                return null;
            }
            text.append(argument.charAt(i));
        }
        return null;
    }
}
