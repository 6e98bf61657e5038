package io.pagecache.operator.hooks;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * {@code t=SECONDS,v1=HEX}: HMAC-SHA256 (RFC 2104) with the hook's key over the seconds since 1970, a dot and the body. The time lets the
 * receiver refuse what somebody recorded and sends again.
 */
final class HookSignature {
    private static final String ALGORITHM = "HmacSHA256";

    private HookSignature() {}

    static String of(byte[] key, Instant at, String body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            String signed = at.getEpochSecond() + "." + body;
            byte[] code = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
            return "t=" + at.getEpochSecond() + ",v1=" + HexFormat.of().formatHex(code);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
