package io.pagecache.proxy.stores;

import io.pagecache.http.Cookies;
import io.pagecache.http.PageRequest;
import io.pagecache.plan.KeyTemplate;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Keys made of requests. What a client sends cannot leave its place in the key, let alone the key's place in a protocol: there is
 * no blank, no control character and no colon in it.
 */
public final class StoreKeys {
    /** Characters of a key: what memcached takes. */
    public static final int LONGEST = 250;

    /** Of a key that would be longer: so much of its beginning, {@code #}, and a digest of the whole. */
    private static final int KEPT = 120;

    private static final String AS_IT_IS = "-._~/%+=,@!$&'*;";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private StoreKeys() {}

    /** The key for a request; null when what it needs is not in the request. */
    public static @Nullable String of(KeyTemplate template, PageRequest request) {
        StringBuilder key = new StringBuilder(64);
        for (KeyTemplate.Part part : template.parts()) {
            switch (part) {
                case KeyTemplate.Text(String text) -> key.append(text);
                case KeyTemplate.Place place -> {
                    String value = valueOf(place, request);
                    if (value == null || value.isEmpty()) {
                        return null;
                    }
                    appendSafely(key, value);
                }
            }
        }
        return key.length() <= LONGEST ? key.toString() : shortened(key.toString());
    }

    private static @Nullable String valueOf(KeyTemplate.Place place, PageRequest request) {
        return switch (place.what()) {
            case PATH -> request.path();
            case HOST -> request.host();
            case CLIENT_IP -> request.client().text();
            case COOKIE -> Cookies.value(request.headers(), place.name());
            case HEADER -> request.headers().combined(place.name());
            case QUERY -> QueryParameters.first(request.query(), place.name());
        };
    }

    private static void appendSafely(StringBuilder key, String value) {
        for (int i = 0; i < value.length(); ) {
            int c = value.codePointAt(i);
            i += Character.charCount(c);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || AS_IT_IS.indexOf(c) >= 0)) {
                key.append((char) c);
            } else {
                for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    key.append('%').append(HEX.toHexDigits(b));
                }
            }
        }
    }

    private static String shortened(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.US_ASCII));
            return key.substring(0, KEPT) + '#' + HEX.formatHex(digest);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
