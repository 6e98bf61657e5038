package io.pagecache.proxy.elements;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pagecache.http.Cookies;
import io.pagecache.plan.ValueSource;
import io.pagecache.proxy.stores.QueryParameters;
import io.pagecache.template.ElementProvider;
import io.pagecache.template.PageValue;
import java.io.IOException;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Values that are in the request itself. */
final class RequestValues {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RequestValues() {}

    static ElementProvider cookie(String name) {
        return request -> ready(Cookies.value(request.headers(), name));
    }

    static ElementProvider decodedCookie(String name) {
        return request -> ready(decoded(Cookies.value(request.headers(), name)));
    }

    static ElementProvider jsonCookie(String name) {
        return request -> CompletableFuture.completedFuture(json(decoded(Cookies.value(request.headers(), name))));
    }

    static ElementProvider header(String name) {
        return request -> ready(request.headers().combined(name));
    }

    /** A field that counts only when a trusted proxy has had the chance to set or remove it. */
    static ElementProvider vouchedHeader(String name) {
        return request ->
                ready(request.client().isVouchedFor() ? request.headers().combined(name) : null);
    }

    static ElementProvider query(String name) {
        return request -> ready(QueryParameters.first(request.query(), name));
    }

    static ElementProvider property(ValueSource.Request.Property property) {
        return switch (property) {
            case CLIENT_IP -> request -> ready(request.client().text());
            case HOST -> request -> ready(request.host());
            case PATH -> request -> ready(QueryParameters.decoded(request.path(), false));
        };
    }

    static CompletionStage<PageValue> ready(@Nullable String text) {
        return CompletableFuture.completedFuture(text == null ? PageValue.MISSING : PageValue.of(text));
    }

    private static @Nullable String decoded(@Nullable String text) {
        return text == null ? null : QueryParameters.decoded(text, false);
    }

    /** Anybody can write such a cookie: what it says is shown, never believed. */
    private static PageValue json(@Nullable String base64) {
        if (base64 == null) {
            return PageValue.MISSING;
        }
        try {
            String urlSafe = base64.replace('+', '-').replace('/', '_').replace("=", "");
            return PageValue.of(JSON.readValue(Base64.getUrlDecoder().decode(urlSafe), Object.class));
        } catch (IllegalArgumentException | IOException notJson) {
            return PageValue.MISSING;
        }
    }
}
