package io.pagecache.key;

import io.pagecache.http.AcceptLanguage;
import io.pagecache.http.Cookies;
import io.pagecache.http.DeviceClass;
import io.pagecache.http.Headers;
import io.pagecache.http.PageRequest;
import io.pagecache.plan.Behaviour.KeyOptions;
import io.pagecache.plan.Rule;
import org.jspecify.annotations.Nullable;

/**
 * Makes keys. The base of a key is, byte for byte, the scheme, host, path and query that the origin is asked for
 * ({@link BaseKey#target()}); the rest is what the rule declares. A declared value is written as its length and its text, so that
 * no value can pass for two, and a missing one differs from an empty one.
 */
public final class KeyBuilder {
    static final String COOKIE = "cookie ";

    public CacheKey keyFor(PageRequest request, Rule rule) {
        KeyOptions options = rule.behaviour().key();
        return new CacheKey(baseFor(request, rule), declared(request.headers(), options));
    }

    /** What all variants of the request's page share under this rule. */
    public BaseKey baseFor(PageRequest request, Rule rule) {
        String query = QueryPolicy.apply(request.query(), rule.behaviour().key().query());
        return new BaseKey(request.scheme(), request.host(), request.path(), query);
    }

    private static String declared(Headers headers, KeyOptions options) {
        boolean none = options.headers().isEmpty()
                && options.cookies().isEmpty()
                && options.languages().isEmpty()
                && !options.device();
        if (none) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < options.headers().size(); i++) {
            String name = options.headers().get(i);
            append(text, "header ", name, headers.combined(name));
        }
        for (int i = 0; i < options.cookies().size(); i++) {
            String name = options.cookies().get(i);
            append(text, COOKIE, name, Cookies.value(headers, name));
        }
        if (!options.languages().isEmpty()) {
            append(text, "language", "", AcceptLanguage.lookup(headers, options.languages()));
        }
        if (options.device()) {
            append(text, "device", "", DeviceClass.of(headers).token());
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String kind, String name, @Nullable String value) {
        text.append('[').append(kind).append(name).append('=');
        if (value == null) {
            text.append('-');
        } else {
            text.append(value.length()).append(':').append(value);
        }
        text.append(']');
    }
}
