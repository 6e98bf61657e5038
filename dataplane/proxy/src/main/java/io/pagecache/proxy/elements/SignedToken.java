package io.pagecache.proxy.elements;

import io.pagecache.http.Cookies;
import io.pagecache.http.PageRequest;
import io.pagecache.proxy.files.FollowedFile;
import io.pagecache.template.ElementProvider;
import io.pagecache.template.PageValue;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.HmacKey;

/** The claims of a JSON Web Token in a cookie: those that the holder of the secret has made, and whose time has not run out. */
final class SignedToken implements ElementProvider {
    /** HS256 needs a key as long as its digest (RFC 7518 section 3.2). */
    private static final int LEAST_KEY_BYTES = 32;

    private static final int LONGEST_TOKEN = 8 * 1024;

    private final String cookie;
    private final FollowedFile<byte[]> secret;
    private final InstantSource clock;

    SignedToken(String cookie, FollowedFile<byte[]> secret, InstantSource clock) {
        this.cookie = cookie;
        this.secret = secret;
        this.clock = clock;
    }

    /** The key in a mounted file, without a line's end. */
    static byte[] key(byte[] content) throws IOException {
        int length = content.length;
        while (length > 0 && (content[length - 1] == '\n' || content[length - 1] == '\r')) {
            length--;
        }
        if (length < LEAST_KEY_BYTES) {
            throw new IOException("it has %d bytes: HS256 needs at least %d".formatted(length, LEAST_KEY_BYTES));
        }
        return Arrays.copyOf(content, length);
    }

    @Override
    public CompletionStage<PageValue> lookUp(PageRequest request) {
        String token = Cookies.value(request.headers(), cookie);
        byte[] key = secret.current();
        return CompletableFuture.completedFuture(
                token == null || key == null || token.length() > LONGEST_TOKEN
                        ? PageValue.MISSING
                        : claims(token, key));
    }

    private PageValue claims(String token, byte[] key) {
        JwtConsumer consumer = new JwtConsumerBuilder()
                .setVerificationKey(new HmacKey(key))
                .setJwsAlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.HMAC_SHA256)
                .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
                .setSkipDefaultAudienceValidation()
                .build();
        try {
            return PageValue.of(consumer.processToClaims(token).getClaimsMap());
        } catch (InvalidJwtException forgedOrOver) {
            return PageValue.MISSING;
        }
    }
}
