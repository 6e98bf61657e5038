package io.pagecache.http;

import java.util.ArrayList;
import java.util.List;

/** Comma-separated fields (RFC 9110 section 5.6.1). */
public final class FieldList {
    private FieldList() {}

    /**
     * Members of all lines of a field in order, without blanks around them and without empty ones. A comma inside a quoted string
     * does not separate; a string that is never closed reaches to the end of its line.
     */
    public static List<String> members(Headers headers, String name) {
        List<String> lines = headers.all(name);
        if (lines.isEmpty()) {
            return List.of();
        }
        List<String> members = new ArrayList<>();
        for (String line : lines) {
            split(line, members);
        }
        return members;
    }

    /** Members of one line; see {@link #members(Headers, String)}. */
    public static List<String> members(String line) {
        List<String> members = new ArrayList<>();
        split(line, members);
        return members;
    }

    private static void split(String line, List<String> members) {
        int start = 0;
        while (start <= line.length()) {
            int end = endOfMember(line, start);
            String member = Grammar.trimmed(line, start, end);
            if (!member.isEmpty()) {
                members.add(member);
            }
            start = end + 1;
        }
    }

    /** Index of the next comma outside quotes, or the length. */
    private static int endOfMember(String line, int start) {
        boolean quoted = false;
        for (int i = start; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                return i;
            }
        }
        return line.length();
    }
}
