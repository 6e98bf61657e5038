package io.pagecache.esi;

import io.pagecache.esi.EsiReader.Malformed;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The bytes of a page, as the parser looks at them: in every charset it is used for, ASCII bytes mean ASCII. */
final class EsiPage {
    /** Bytes from a tag's {@code <} to its {@code >}. */
    static final int LONGEST_TAG = 8 * 1024;

    private final ByteBuffer bytes;
    private final Charset charset;

    /** @param isUtf8 whether the page is known to be UTF-8 */
    EsiPage(ByteBuffer bytes, boolean isUtf8) {
        this.bytes = bytes;
        this.charset = isUtf8 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    }

    int length() {
        return bytes.limit();
    }

    byte at(int offset) {
        return bytes.get(offset);
    }

    boolean comes(byte[] wanted, int offset) {
        if (offset > bytes.limit() - wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (bytes.get(offset + i) != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    /** Offset of the next occurrence before {@code limit}, or -1. */
    int indexOf(byte[] wanted, int from, int limit) {
        int last = Math.min(limit, bytes.limit()) - wanted.length;
        for (int i = from; i <= last; i++) {
            if (bytes.get(i) == wanted[0] && comes(wanted, i)) {
                return i;
            }
        }
        return -1;
    }

    boolean isBlank(int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes.get(i) > ' ' || bytes.get(i) < 0) {
                return false;
            }
        }
        return true;
    }

    String text(int from, int to) {
        byte[] copy = new byte[to - from];
        bytes.get(from, copy);
        return new String(copy, charset);
    }

    int lengthOf(String text) {
        return text.getBytes(charset).length;
    }

    /** Reads the tag whose {@code <} is at {@code start}; null when it does not end. */
    @Nullable
    EsiTag tag(int start) throws Malformed {
        int close = endOfTag(start);
        if (close < 0) {
            return null;
        }
        String text = text(start + 1, close);
        int[] offsets = new int[text.length() + 1];
        boolean single = text.length() == close - start - 1;
        int offset = start + 1;
        for (int i = 0; i < text.length(); i++) {
            offsets[i] = offset;
            offset += single ? 1 : bytesOf(text.charAt(i));
        }
        offsets[text.length()] = close;
        return EsiTag.read(text, offsets, close + 1);
    }

    private static int bytesOf(char c) {
        if (Character.isSurrogate(c)) {
            return 2; // two of them are four bytes
        }
        return c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
    }

    /** Offset of the tag's {@code >}, which may stand inside quotes without ending it; -1 when there is none. */
    private int endOfTag(int start) {
        int limit = Math.min(bytes.limit(), start + LONGEST_TAG);
        byte quote = 0;
        for (int i = start + 1; i < limit; i++) {
            byte b = bytes.get(i);
            if (quote != 0) {
                quote = b == quote ? 0 : quote;
            } else if (b == '"' || b == '\'') {
                quote = b;
            } else if (b == '>') {
                return i;
            }
        }
        return -1;
    }
}
