package io.pagecache.plan;

import java.util.Arrays;

/**
 * An address block such as {@code 10.1.0.0/16} or {@code 2001:db8::/32}; a bare address is a block of one. Parsed without any
 * name look-up: a host name is an error, never a DNS query.
 */
public final class Cidr {
    private final byte[] network;
    private final int prefix;

    private Cidr(byte[] network, int prefix) {
        this.network = network;
        this.prefix = prefix;
    }

    /**
     * @param field name to report in the error
     * @throws InvalidPlanException when the text is not an address block
     */
    public static Cidr parse(String field, String text) {
        int slash = text.indexOf('/');
        byte[] network = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
        if (network == null) {
            throw new InvalidPlanException(
                    field, "has '%s': expected an address block such as 10.1.0.0/16".formatted(text));
        }
        int bits = network.length * 8;
        int prefix = slash < 0 ? bits : prefixLength(text.substring(slash + 1));
        if (prefix < 0 || prefix > bits) {
            throw new InvalidPlanException(field, "has '%s': the prefix length must be 0 to %d".formatted(text, bits));
        }
        return new Cidr(network, prefix);
    }

    private static int prefixLength(String digits) {
        if (digits.isEmpty() || digits.length() > 3) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }

    /** Whether the address (4 or 16 bytes, network order) is inside; IPv4 and IPv6 never match each other. */
    public boolean contains(byte[] address) {
        if (address.length != network.length) {
            return false;
        }
        int whole = prefix / 8;
        if (!Arrays.equals(address, 0, whole, network, 0, whole)) {
            return false;
        }
        int rest = prefix % 8;
        return rest == 0 || ((address[whole] ^ network[whole]) & (0xFF << (8 - rest))) == 0;
    }
}
