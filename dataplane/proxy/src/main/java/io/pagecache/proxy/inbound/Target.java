package io.pagecache.proxy.inbound;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A request target in origin, absolute or asterisk form (RFC 9112 section 3.2).
 *
 * @param authority of an absolute-form target, else null
 */
public record Target(
        @Nullable String authority, String path, @Nullable String query) {

    /** Null when it is none of these forms or has characters that a URI cannot have. */
    public static @Nullable Target parse(String uri, String method) {
        for (int i = 0; i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '#') {
                return null;
            }
        }
        if (uri.startsWith("/")) {
            return split(null, uri);
        }
        if (uri.equals("*")) {
            return method.equals("OPTIONS") ? new Target(null, uri, null) : null;
        }
        String lower = uri.length() < 8 ? "" : uri.substring(0, 8).toLowerCase(Locale.ROOT);
        int scheme = lower.startsWith("http://") ? 7 : lower.equals("https://") ? 8 : 0;
        return scheme == 0 ? null : absolute(uri, scheme);
    }

    private static Target absolute(String uri, int from) {
        int end = from;
        while (end < uri.length() && uri.charAt(end) != '/' && uri.charAt(end) != '?') {
            end++;
        }
        String rest = uri.substring(end);
        return split(uri.substring(from, end), rest.startsWith("/") ? rest : '/' + rest);
    }

    private static Target split(@Nullable String authority, String target) {
        int question = target.indexOf('?');
        return question < 0
                ? new Target(authority, target, null)
                : new Target(authority, target.substring(0, question), target.substring(question + 1));
    }
}
