package io.pagecache.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON that may stand inside a script element: ASCII only, and without the characters that could end the script, open a comment or
 * start markup.
 */
final class JsonText {
    private static final String ESCAPED = "\"\\<>&'`/";

    private final StringBuilder out = new StringBuilder(64);

    private JsonText() {}

    static String of(@Nullable Object tree) {
        JsonText text = new JsonText();
        text.append(tree);
        return text.out.toString();
    }

    private void append(@Nullable Object tree) {
        switch (tree) {
            case null -> out.append("null");
            case Map<?, ?> map -> appendObject(map);
            case List<?> list -> appendArray(list);
            case String string -> appendString(string);
            default -> out.append(tree); // numbers and booleans: PageValue admits nothing else
        }
    }

    private void appendObject(Map<?, ?> map) {
        out.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(separator);
            appendString(String.valueOf(entry.getKey()));
            out.append(':');
            append(entry.getValue());
            separator = ",";
        }
        out.append('}');
    }

    private void appendArray(List<?> list) {
        out.append('[');
        String separator = "";
        for (Object item : list) {
            out.append(separator);
            append(item);
            separator = ",";
        }
        out.append(']');
    }

    private void appendString(String string) {
        out.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c < ' ' || c > '~' || ESCAPED.indexOf(c) >= 0) {
                OutputFilter.appendUnicodeEscape(out, c);
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
