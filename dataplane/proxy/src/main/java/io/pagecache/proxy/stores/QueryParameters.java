package io.pagecache.proxy.stores;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Parameters of a query string, and percent-decoding. */
public final class QueryParameters {
    private QueryParameters() {}

    /** The first value of a parameter, decoded; null when there is none. */
    public static @Nullable String first(@Nullable String query, String name) {
        if (query == null) {
            return null;
        }
        int start = 0;
        while (start <= query.length()) {
            int ampersand = query.indexOf('&', start);
            int end = ampersand < 0 ? query.length() : ampersand;
            int equals = query.indexOf('=', start);
            int nameEnd = equals < 0 || equals > end ? end : equals;
            if (name.equals(decoded(query.substring(start, nameEnd), true))) {
                return decoded(nameEnd == end ? "" : query.substring(nameEnd + 1, end), true);
            }
            start = end + 1;
        }
        return null;
    }

    /** Percent-decoded UTF-8; text that is not is taken as it is. */
    public static String decoded(String text, boolean plusIsBlank) {
        if (text.indexOf('%') < 0 && !(plusIsBlank && text.indexOf('+') >= 0)) {
            return text;
        }
        try {
            return URLDecoder.decode(plusIsBlank ? text : text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }
}
