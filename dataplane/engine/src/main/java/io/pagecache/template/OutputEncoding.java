package io.pagecache.template;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How text that is filled into a page becomes bytes of the page's charset. */
public enum OutputEncoding {
    UTF_8,
    /**
     * Any charset in which ASCII bytes mean ASCII, also one the page does not declare: what is not ASCII becomes a numeric character
     * reference, which reads the same whatever the charset turns out to be.
     */
    ASCII_SUPERSET;

    /** Encoding of a page with this {@code Content-Type}; null when bytes of ASCII do not mean ASCII there (UTF-16, UTF-32). */
    static @Nullable OutputEncoding of(@Nullable String contentType) {
        String charset = contentType == null ? "" : charsetOf(contentType.toLowerCase(Locale.ROOT));
        if (charset.startsWith("utf-16") || charset.startsWith("utf-32") || charset.startsWith("utf-7")) {
            return null;
        }
        return charset.equals("utf-8") || charset.equals("utf8") ? UTF_8 : ASCII_SUPERSET;
    }

    private static String charsetOf(String lowerCaseType) {
        int at = lowerCaseType.indexOf("charset=");
        if (at < 0) {
            return "";
        }
        String rest = lowerCaseType.substring(at + "charset=".length());
        int end = rest.indexOf(';');
        return (end < 0 ? rest : rest.substring(0, end)).replace('"', ' ').strip();
    }

    byte[] encode(String text) {
        return this == UTF_8
                ? text.getBytes(StandardCharsets.UTF_8)
                : withReferences(text).getBytes(StandardCharsets.US_ASCII);
    }

    private static String withReferences(String text) {
        StringBuilder ascii = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (c < 0x80) {
                ascii.append((char) c);
            } else {
                ascii.append("&#").append(c).append(';');
            }
        });
        return ascii.toString();
    }
}
