package io.pagecache.template;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Makes a value safe for one place in a page. The place is the template author's to know; {@link #HTML} is the default. */
public enum OutputFilter {
    /** Element content and quoted attribute values. */
    HTML {
        @Override
        String apply(PageValue value, @Nullable String fallback) {
            return escapeHtml(textOf(value, fallback));
        }
    },
    /** Inside a quoted JavaScript string, in a script element or an event attribute. All but letters and digits is escaped. */
    JS {
        @Override
        String apply(PageValue value, @Nullable String fallback) {
            return escapeJs(textOf(value, fallback));
        }
    },
    /** One component of a URL: a path segment, a query name or value (RFC 3986 section 2.3: all but unreserved is escaped). */
    URL {
        @Override
        String apply(PageValue value, @Nullable String fallback) {
            return percentEncode(textOf(value, fallback));
        }
    },
    /** A JSON value in a script element, as a JavaScript expression or data block. */
    JSON {
        @Override
        String apply(PageValue value, @Nullable String fallback) {
            return JsonText.of(value.isMissing() ? fallback : value.tree());
        }
    },
    /** A plain decimal number; what is none becomes the fallback, and 0 if that is none either. */
    NUMBER {
        @Override
        String apply(PageValue value, @Nullable String fallback) {
            String number = plainNumber(value.text());
            if (number == null) {
                number = plainNumber(fallback);
            }
            return number == null ? "0" : number;
        }
    };

    private static final String UNRESERVED_MARKS = "-._~";
    private static final int LONGEST_NUMBER = 40;
    private static final String HEX = "0123456789ABCDEF";

    abstract String apply(PageValue value, @Nullable String fallback);

    private static String textOf(PageValue value, @Nullable String fallback) {
        String text = value.text();
        if (text != null) {
            return text;
        }
        return fallback == null ? "" : fallback;
    }

    static String escapeHtml(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&#34;");
                case '\'' -> escaped.append("&#39;");
                case '`' -> escaped.append("&#96;");
                case '\0' -> escaped.append('\uFFFD');
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static String escapeJs(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isAsciiLetterOrDigit(c) || c == ' ' || c == '_' || c == '.' || c == ',') {
                escaped.append(c);
            } else {
                appendUnicodeEscape(escaped, c);
            }
        }
        return escaped.toString();
    }

    static void appendUnicodeEscape(StringBuilder out, char c) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX.charAt(c >> shift & 0xF));
        }
    }

    private static String percentEncode(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (isAsciiLetterOrDigit(c) || UNRESERVED_MARKS.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xF));
            }
        }
        return encoded.toString();
    }

    private static boolean isAsciiLetterOrDigit(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    private static @Nullable String plainNumber(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > LONGEST_NUMBER) {
            return null;
        }
        try {
            BigDecimal number = new BigDecimal(text);
            return Math.abs((long) number.scale()) > LONGEST_NUMBER ? null : number.toPlainString();
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
