package io.pagecache.template;

import io.pagecache.plan.Pages;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Finds markers in the bytes of a page. Works on bytes because delimiters are ASCII or given in UTF-8, and in every charset where
 * ASCII bytes mean ASCII they can be found without decoding the page.
 */
final class MarkerScanner {
    private final ByteBuffer page;
    private final byte[] open;
    private final byte[] close;
    private final Charset charset;

    MarkerScanner(ByteBuffer page, Pages.Markers markers, OutputEncoding encoding) {
        this.page = page;
        this.open = markers.open().getBytes(StandardCharsets.UTF_8);
        this.close = markers.close().getBytes(StandardCharsets.UTF_8);
        this.charset = encoding == OutputEncoding.UTF_8 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    }

    /** Offset of the next opening delimiter, or -1. */
    int nextOpen(int from) {
        return nextOpen(from, page.limit());
    }

    /** Offset of the next opening delimiter that ends before {@code limit}, or -1. */
    int nextOpen(int from, int limit) {
        return indexOf(open, from, limit);
    }

    /** Offset of the closing delimiter of the marker that opens at {@code start}, or -1 if there is none within {@code longest} bytes. */
    int closeOf(int start, int longest) {
        int from = start + open.length;
        return indexOf(close, from, (int) Math.min(page.limit(), (long) from + longest + close.length));
    }

    /** What stands between the delimiters. */
    String command(int start, int closeAt) {
        byte[] bytes = new byte[closeAt - start - open.length];
        page.get(start + open.length, bytes);
        return new String(bytes, charset);
    }

    int openLength() {
        return open.length;
    }

    int closeLength() {
        return close.length;
    }

    /** Place of a character inside the marker that opens at {@code start}; counts from the page's beginning, so for problems only. */
    MarkerProblem problemAt(int start, String command, int offset, String message) {
        return problemAt(start + open.length + command.substring(0, offset).getBytes(charset).length, message);
    }

    /** Place of a byte; counts from the page's beginning, so for problems only. */
    MarkerProblem problemAt(int target, String message) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < target; i++) {
            byte b = page.get(i);
            if (b == '\n') {
                line++;
                column = 1;
            } else if (charset != StandardCharsets.UTF_8 || (b & 0xC0) != 0x80) {
                column++;
            }
        }
        return new MarkerProblem(line, column, message);
    }

    private int indexOf(byte[] wanted, int from, int limit) {
        int last = limit - wanted.length;
        for (int i = from; i <= last; i++) {
            if (page.get(i) == wanted[0] && matches(wanted, i)) {
                return i;
            }
        }
        return -1;
    }

    private boolean matches(byte[] wanted, int at) {
        for (int i = 1; i < wanted.length; i++) {
            if (page.get(at + i) != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
