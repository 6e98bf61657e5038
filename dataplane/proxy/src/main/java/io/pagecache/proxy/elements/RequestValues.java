package io.pagecache.proxy.elements;

import io.pagecache.http.Cookies;
import io.pagecache.template.ElementProvider;
import io.pagecache.template.PageValue;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Values that are in the request itself. */
final class RequestValues {
    private RequestValues() {}

    static ElementProvider cookie(String name) {
        return request -> ready(decoded(Cookies.value(request.headers(), name), false));
    }

    static ElementProvider header(String name) {
        return request -> ready(request.headers().combined(name));
    }

    static ElementProvider query(String name) {
        return request -> ready(firstParameter(request.query(), name));
    }

    private static CompletionStage<PageValue> ready(@Nullable String text) {
        return CompletableFuture.completedFuture(text == null ? PageValue.MISSING : PageValue.of(text));
    }

    private static @Nullable String firstParameter(@Nullable String query, String name) {
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
    private static @Nullable String decoded(@Nullable String text, boolean plusIsBlank) {
        if (text == null || (text.indexOf('%') < 0 && !(plusIsBlank && text.indexOf('+') >= 0))) {
            return text;
        }
        try {
            return URLDecoder.decode(plusIsBlank ? text : text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }
}
