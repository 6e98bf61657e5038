package io.pagecache.proxy.elements;

import io.pagecache.http.Cookies;
import io.pagecache.http.PageRequest;
import io.pagecache.plan.Pages;
import io.pagecache.plan.ValueSource;
import io.pagecache.template.ElementProvider;
import io.pagecache.template.PageValue;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A value that another service gives. It sees the declared cookies of the reader and nothing else of the request, so what is kept
 * under those cookies is right for everyone who sends the same.
 */
final class HttpValue implements ElementProvider {
    private final Pages.Value declared;
    private final ValueSource.Http source;
    private final ValueFetcher fetcher;
    private final KeptValues kept;

    HttpValue(Pages.Value declared, ValueSource.Http source, ValueFetcher fetcher, KeptValues kept) {
        this.declared = declared;
        this.source = source;
        this.fetcher = fetcher;
        this.kept = kept;
    }

    @Override
    public CompletionStage<PageValue> lookUp(PageRequest request) {
        String cookies = declaredCookies(request);
        if (cookies == null && !source.forwardCookies().isEmpty()) {
            return CompletableFuture.completedFuture(PageValue.MISSING);
        }
        Duration ttl = declared.ttl();
        if (ttl.isZero()) {
            return fetcher.fetch(source.url(), cookies, declared.timeout());
        }
        KeptValues.Key key = new KeptValues.Key(declared.name(), source.url(), cookies == null ? "" : cookies);
        return kept.get(key, ttl, () -> fetcher.fetch(source.url(), cookies, declared.timeout()));
    }

    private @Nullable String declaredCookies(PageRequest request) {
        StringBuilder pairs = null;
        for (String name : source.forwardCookies()) {
            String value = Cookies.value(request.headers(), name);
            if (value != null) {
                pairs = pairs == null ? new StringBuilder() : pairs.append("; ");
                pairs.append(name).append('=').append(value);
            }
        }
        return pairs == null ? null : pairs.toString();
    }
}
