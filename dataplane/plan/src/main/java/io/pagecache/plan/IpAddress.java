package io.pagecache.plan;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Literal IP addresses as bytes (RFC 4291 section 2.2 text forms). Never resolves a name. */
public final class IpAddress {
    private IpAddress() {}

    /** The 4 or 16 bytes of a literal address (IPv4-mapped IPv6 comes back as IPv4), or null when it is not one. */
    public static byte @Nullable [] parse(String text) {
        if (text.length() > 45) {
            return null;
        }
        return text.indexOf(':') < 0 ? parseV4(text) : unmapped(parseV6(text));
    }

    private static byte @Nullable [] parseV4(String text) {
        byte[] address = new byte[4];
        int part = 0;
        int value = -1;
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? '.' : text.charAt(i);
            if (c == '.') {
                if (value < 0 || part == 4) {
                    return null;
                }
                address[part++] = (byte) value;
                value = -1;
            } else if (c < '0' || c > '9' || value == 0) {
                return null; // a leading zero is ambiguous (octal for some)
            } else {
                value = (value < 0 ? 0 : value * 10) + (c - '0');
                if (value > 255) {
                    return null;
                }
            }
        }
        return part == 4 ? address : null;
    }

    private static byte @Nullable [] parseV6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            byte[] all = groups(text, true);
            return all != null && all.length == 16 ? all : null;
        }
        byte[] head = groups(text.substring(0, gap), false);
        byte[] tail = groups(text.substring(gap + 2), true);
        if (head == null || tail == null || head.length + tail.length > 14) {
            return null;
        }
        byte[] address = new byte[16];
        System.arraycopy(head, 0, address, 0, head.length);
        System.arraycopy(tail, 0, address, 16 - tail.length, tail.length);
        return address;
    }

    private static byte @Nullable [] groups(String text, boolean mayEndInV4) {
        if (text.isEmpty()) {
            return new byte[0];
        }
        String[] parts = text.split(":", -1);
        byte[] bytes = new byte[(parts.length + 1) * 2];
        int length = 0;
        for (int i = 0; i < parts.length; i++) {
            if (length > 14) {
                return null;
            }
            if (mayEndInV4 && i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
                byte[] v4 = parseV4(parts[i]);
                if (v4 == null || length > 12) {
                    return null;
                }
                System.arraycopy(v4, 0, bytes, length, 4);
                length += 4;
                continue;
            }
            int group = hexGroup(parts[i]);
            if (group < 0) {
                return null;
            }
            bytes[length++] = (byte) (group >> 8);
            bytes[length++] = (byte) group;
        }
        return Arrays.copyOf(bytes, length);
    }

    private static int hexGroup(String part) {
        if (part.isEmpty() || part.length() > 4) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < part.length(); i++) {
            int digit = Character.digit(part.charAt(i), 16);
            if (digit < 0 || part.charAt(i) > 'f') {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private static byte @Nullable [] unmapped(byte @Nullable [] v6) {
        if (v6 == null) {
            return null;
        }
        for (int i = 0; i < 10; i++) {
            if (v6[i] != 0) {
                return v6;
            }
        }
        return v6[10] == -1 && v6[11] == -1 ? Arrays.copyOfRange(v6, 12, 16) : v6;
    }
}
