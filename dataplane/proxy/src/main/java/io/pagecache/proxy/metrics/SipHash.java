package io.pagecache.proxy.metrics;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SipHash-2-4 (Aumasson and Bernstein, 2012): a fast hash that says nothing about its input to who does not have the key. */
final class SipHash {
    private final long k0;
    private final long k1;

    SipHash(long k0, long k1) {
        this.k0 = k0;
        this.k1 = k1;
    }

    /** Under a key that is made of a secret, and that does not tell the secret. */
    static SipHash under(String secret) {
        try {
            byte[] key = MessageDigest.getInstance("SHA-256")
                    .digest(("pagecache visitors " + secret).getBytes(StandardCharsets.UTF_8));
            return new SipHash(word(key, 0), word(key, 8));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    long of(byte[] text) {
        long[] v = {
            k0 ^ 0x736f6d6570736575L, k1 ^ 0x646f72616e646f6dL, k0 ^ 0x6c7967656e657261L, k1 ^ 0x7465646279746573L
        };
        int whole = text.length & ~7;
        for (int at = 0; at < whole; at += 8) {
            take(v, word(text, at));
        }
        long last = (long) text.length << 56;
        for (int at = whole; at < text.length; at++) {
            last |= (text[at] & 0xFFL) << 8 * (at - whole);
        }
        take(v, last);
        v[2] ^= 0xFF;
        for (int i = 0; i < 4; i++) {
            round(v);
        }
        return v[0] ^ v[1] ^ v[2] ^ v[3];
    }

    private static void take(long[] v, long word) {
        v[3] ^= word;
        round(v);
        round(v);
        v[0] ^= word;
    }

    private static void round(long[] v) {
        v[0] += v[1];
        v[1] = Long.rotateLeft(v[1], 13) ^ v[0];
        v[0] = Long.rotateLeft(v[0], 32);
        v[2] += v[3];
        v[3] = Long.rotateLeft(v[3], 16) ^ v[2];
        v[0] += v[3];
        v[3] = Long.rotateLeft(v[3], 21) ^ v[0];
        v[2] += v[1];
        v[1] = Long.rotateLeft(v[1], 17) ^ v[2];
        v[2] = Long.rotateLeft(v[2], 32);
    }

    /** Eight octets, the lowest first. */
    private static long word(byte[] text, int at) {
        long word = 0;
        for (int i = 7; i >= 0; i--) {
            word = word << 8 | text[at + i] & 0xFFL;
        }
        return word;
    }
}
