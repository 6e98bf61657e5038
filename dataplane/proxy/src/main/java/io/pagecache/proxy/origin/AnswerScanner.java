package io.pagecache.proxy.origin;

import io.netty.buffer.ByteBuf;
import io.pagecache.http.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the head of an answer in the one way it can be read (RFC 9112 sections 4 to 6), whatever the parser behind it would accept.
 * For one connection: each {@link #scan} forgets the one before.
 */
final class AnswerScanner {
    private static final int LONGEST_LENGTH = 18;
    private static final byte CR = '\r';
    private static final byte LF = '\n';

    private int status;
    private long length;
    private boolean chunked;
    private boolean modern;
    private Headers.Builder fields = Headers.builder();

    /** Index after the empty line that ends a head, or -1 when it has not come yet; line ends may be wrong. */
    static int end(ByteBuf bytes) {
        int to = bytes.writerIndex();
        int at = bytes.indexOf(bytes.readerIndex(), to, LF);
        while (at >= 0) {
            int next = at + 1 < to && bytes.getByte(at + 1) == CR ? at + 2 : at + 1;
            if (next < to && bytes.getByte(next) == LF) {
                return next + 1;
            }
            at = at + 1 < to ? bytes.indexOf(at + 1, to, LF) : -1;
        }
        return -1;
    }

    /** Reads a head that ends at {@code end}; null when nothing is wrong with it. */
    @Nullable
    AnswerFault scan(ByteBuf bytes, int end) {
        status = 0;
        length = -1;
        chunked = false;
        fields = Headers.builder();
        int start = bytes.readerIndex();
        boolean first = true;
        while (start < end) {
            int lf = bytes.indexOf(start, end, LF);
            if (lf <= start || bytes.getByte(lf - 1) != CR) {
                return first ? AnswerFault.STATUS_LINE : AnswerFault.FIELD;
            }
            String line = bytes.toString(start, lf - 1 - start, StandardCharsets.ISO_8859_1);
            AnswerFault fault = first ? statusLine(line) : line.isEmpty() ? null : field(line);
            if (fault != null) {
                return fault;
            }
            first = false;
            start = lf + 1;
        }
        return first ? AnswerFault.STATUS_LINE : null;
    }

    private @Nullable AnswerFault statusLine(String line) {
        modern = line.startsWith("HTTP/1.1 ");
        boolean shaped = line.length() >= 12
                && (modern || line.startsWith("HTTP/1.0 "))
                && (line.length() == 12 || line.charAt(12) == ' ')
                && isText(line);
        if (!shaped) {
            return AnswerFault.STATUS_LINE;
        }
        for (int i = 9; i < 12; i++) {
            char digit = line.charAt(i);
            if (digit < '0' || digit > '9') {
                return AnswerFault.STATUS_LINE;
            }
            status = status * 10 + (digit - '0');
        }
        return status < 100 ? AnswerFault.STATUS_LINE : null;
    }

    private @Nullable AnswerFault field(String line) {
        int colon = line.indexOf(':');
        if (colon < 1 || !isToken(line, colon) || !isText(line)) {
            return AnswerFault.FIELD;
        }
        String name = line.substring(0, colon);
        String value = line.substring(colon + 1).strip();
        fields.add(name, value);
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "content-length" -> contentLength(value);
            case "transfer-encoding" -> transferEncoding(value);
            default -> null;
        };
    }

    private @Nullable AnswerFault contentLength(String value) {
        if (length >= 0 || chunked || value.isEmpty() || value.length() > LONGEST_LENGTH) {
            return AnswerFault.FRAMING;
        }
        length = 0;
        for (int i = 0; i < value.length(); i++) {
            char digit = value.charAt(i);
            if (digit < '0' || digit > '9') {
                return AnswerFault.FRAMING;
            }
            length = length * 10 + (digit - '0');
        }
        return null;
    }

    private @Nullable AnswerFault transferEncoding(String value) {
        if (length >= 0 || chunked || !modern || !value.equalsIgnoreCase("chunked")) {
            return AnswerFault.FRAMING;
        }
        chunked = true;
        return null;
    }

    private static boolean isToken(String line, int end) {
        for (int i = 0; i < end; i++) {
            char c = line.charAt(i);
            boolean alphaNumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!alphaNumeric && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    /** No control characters but the tab; above ASCII anything goes (RFC 9110 section 5.5). */
    private static boolean isText(String line) {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7F) {
                return false;
            }
        }
        return true;
    }

    int status() {
        return status;
    }

    /** {@code Content-Length}, or -1. */
    long length() {
        return length;
    }

    boolean isChunked() {
        return chunked;
    }

    Headers fields() {
        return fields.build();
    }
}
