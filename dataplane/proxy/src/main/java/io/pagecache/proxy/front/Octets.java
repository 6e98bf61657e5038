package io.pagecache.proxy.front;

import java.nio.charset.StandardCharsets;

/** Character classes of RFC 9110 section 5.6 and comparisons on raw request bytes. All ranges are half open. */
final class Octets {
    static final byte CR = '\r';
    static final byte LF = '\n';

    private static final int TOKEN = 1;
    private static final int FIELD = 2;
    private static final int DIGIT = 4;
    private static final int TARGET = 8;
    private static final int HOST = 16;

    private static final byte[] CLASSES = classes();

    private Octets() {}

    private static byte[] classes() {
        byte[] classes = new byte[256];
        mark(classes, TOKEN | HOST, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~");
        mark(classes, TOKEN, "!#$%&'*+^`|");
        mark(classes, DIGIT, "0123456789");
        for (int c = 0x20; c < 0x100; c++) {
            if (c != 0x7f) {
                classes[c] |= FIELD;
            }
            if (c > 0x20 && c < 0x7f && c != '#') {
                classes[c] |= TARGET;
            }
        }
        classes['\t'] |= FIELD;
        return classes;
    }

    private static void mark(byte[] classes, int kind, String members) {
        for (byte member : members.getBytes(StandardCharsets.US_ASCII)) {
            classes[member] |= (byte) kind;
        }
    }

    static boolean isToken(byte octet) {
        return (CLASSES[octet & 0xff] & TOKEN) != 0;
    }

    /** {@code field-vchar}, blank or tab: everything that may stand in a field line but CR and LF. */
    static boolean isField(byte octet) {
        return (CLASSES[octet & 0xff] & FIELD) != 0;
    }

    static boolean isDigit(byte octet) {
        return (CLASSES[octet & 0xff] & DIGIT) != 0;
    }

    /** Printable ASCII but {@code #}: what may stand in a request target. */
    static boolean isTarget(byte octet) {
        return (CLASSES[octet & 0xff] & TARGET) != 0;
    }

    /** Letters, digits and {@code - . _ ~}: what a host name is made of. */
    static boolean isHost(byte octet) {
        return (CLASSES[octet & 0xff] & HOST) != 0;
    }

    static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    /** Value of a hexadecimal digit, or -1. */
    static int hexValue(byte octet) {
        if (octet >= '0' && octet <= '9') {
            return octet - '0';
        }
        int lower = octet | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    /** A constant for the comparisons below. */
    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static boolean equal(byte[] bytes, int from, int to, byte[] expected) {
        if (to - from != expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (bytes[from + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }

    /** @param lowerCase letters, digits and punctuation without upper case letters */
    static boolean equalIgnoringCase(byte[] bytes, int from, int to, byte[] lowerCase) {
        if (to - from != lowerCase.length) {
            return false;
        }
        for (int i = 0; i < lowerCase.length; i++) {
            if (lower(bytes[from + i]) != lowerCase[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether the text stands somewhere in this range. */
    static boolean contains(byte[] bytes, int from, int to, byte[] text) {
        for (int start = from; start + text.length <= to; start++) {
            if (equal(bytes, start, start + text.length, text)) {
                return true;
            }
        }
        return false;
    }

    static byte lower(byte octet) {
        return octet >= 'A' && octet <= 'Z' ? (byte) (octet | 0x20) : octet;
    }

    /** Whether the comma-separated list holds this element, compared without case. */
    static boolean listContains(byte[] bytes, int from, int to, byte[] lowerCase) {
        int start = from;
        for (int i = from; i <= to; i++) {
            if (i == to || bytes[i] == ',') {
                int first = skipBlanks(bytes, start, i);
                if (equalIgnoringCase(bytes, first, trimBlanks(bytes, first, i), lowerCase)) {
                    return true;
                }
                start = i + 1;
            }
        }
        return false;
    }

    /** First index at or after {@code from} that is no blank, or {@code to}. */
    static int skipBlanks(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && isBlank(bytes[i])) {
            i++;
        }
        return i;
    }

    /** {@code to} moved back over blanks, but not before {@code from}. */
    static int trimBlanks(byte[] bytes, int from, int to) {
        int i = to;
        while (i > from && isBlank(bytes[i - 1])) {
            i--;
        }
        return i;
    }
}
