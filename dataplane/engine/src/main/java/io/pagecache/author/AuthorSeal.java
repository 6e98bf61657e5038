package io.pagecache.author;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs what the proxies of one policy tell each other through a browser. The key is derived from the secret that they share, by
 * HMAC-SHA-256 over a label (as HKDF's expand step, RFC 5869 section 2.3), so that no cookie says anything about the secret.
 */
public final class AuthorSeal {
    /** Name of the cookie. It never reaches the origin. */
    public static final String COOKIE = "pagecache-author";

    private static final String ALGORITHM = "HmacSHA256";
    private static final String VERSION = "1";
    private static final int SIGNATURE_BYTES = 16;
    private static final int MOST_CHARACTERS = 128;

    private final SecretKeySpec key;

    private AuthorSeal(SecretKeySpec key) {
        this.key = key;
    }

    /**
     * @param secret shared by the proxies of the policy, not empty
     * @param policy {@code namespace/name}: the cookie of one policy is nothing to another
     */
    public static AuthorSeal of(byte[] secret, String policy) {
        byte[] label = ("pagecache author " + VERSION + ' ' + policy).getBytes(StandardCharsets.UTF_8);
        return new AuthorSeal(new SecretKeySpec(hmac(new SecretKeySpec(secret, ALGORITHM), label), ALGORITHM));
    }

    /**
     * What a cookie of ours says.
     *
     * @param id of the session
     * @param lastEditAt when it last edited, to the millisecond
     */
    public record Claim(String id, Instant lastEditAt) {}

    /** The value of the cookie: letters, digits, {@code .}, {@code -} and {@code _}. */
    public String seal(Claim claim) {
        String text = VERSION + '.' + claim.id() + '.' + claim.lastEditAt().toEpochMilli();
        return text + '.' + signature(text);
    }

    /** What the value says if it was made by {@link #seal} with the same key, otherwise null. */
    public @Nullable Claim open(String value) {
        int last = value.lastIndexOf('.');
        if (last < 0 || value.length() > MOST_CHARACTERS || !value.startsWith(VERSION + '.')) {
            return null;
        }
        String text = value.substring(0, last);
        byte[] given = value.substring(last + 1).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(signature(text).getBytes(StandardCharsets.UTF_8), given)) {
            return null;
        }
        int dot = text.indexOf('.', VERSION.length() + 1);
        String id = text.substring(VERSION.length() + 1, dot);
        return new Claim(id, Instant.ofEpochMilli(Long.parseLong(text.substring(dot + 1))));
    }

    /** Stands for a client's address wherever sessions are told or written down; nobody without the key can go back from it. */
    public String addressId(byte[] address) {
        byte[] labelled = Arrays.copyOf(new byte[] {'i', 'p', ' '}, 3 + address.length);
        System.arraycopy(address, 0, labelled, 3, address.length);
        return "a" + HexFormat.of().formatHex(hmac(key, labelled), 0, SIGNATURE_BYTES / 2);
    }

    private String signature(String text) {
        byte[] code = hmac(key, text.getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(code, SIGNATURE_BYTES));
    }

    private static byte[] hmac(SecretKeySpec key, byte[] text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
