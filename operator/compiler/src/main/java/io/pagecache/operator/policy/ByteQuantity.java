package io.pagecache.operator.policy;

import java.math.BigInteger;
import java.util.Map;
import java.util.OptionalLong;

/** Kubernetes quantities of bytes: whole numbers with a decimal (k, M, G) or binary (Ki, Mi, Gi) suffix, or none. */
public final class ByteQuantity {
    private static final Map<String, Long> FACTORS = Map.of(
            "", 1L, "k", 1_000L, "M", 1_000_000L, "G", 1_000_000_000L, "Ki", 1L << 10, "Mi", 1L << 20, "Gi", 1L << 30);

    private ByteQuantity() {}

    /** The number of bytes, or empty when the text is no quantity or does not fit. */
    public static OptionalLong parse(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        Long factor = FACTORS.get(text.substring(end));
        if (end == 0 || factor == null) {
            return OptionalLong.empty();
        }
        BigInteger bytes = new BigInteger(text.substring(0, end)).multiply(BigInteger.valueOf(factor));
        return bytes.bitLength() < Long.SIZE ? OptionalLong.of(bytes.longValue()) : OptionalLong.empty();
    }
}
