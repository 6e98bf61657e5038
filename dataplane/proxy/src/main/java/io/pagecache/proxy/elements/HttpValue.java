package io.pagecache.proxy.elements;

import io.pagecache.http.Cookies;
import io.pagecache.http.PageRequest;
import io.pagecache.plan.Pages;
import io.pagecache.plan.ValueSource;
import io.pagecache.proxy.guard.CallGuard;
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
    private final Service service;
    private final KeptValues kept;

    /** @param guard fails calls at once while the service is left alone */
    record Service(ValueFetcher fetcher, CallGuard guard) {}

    HttpValue(Pages.Value declared, ValueSource.Http source, Service service, KeptValues kept) {
        this.declared = declared;
        this.source = source;
        this.service = service;
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
            return fetch(cookies);
        }
        KeptValues.Key key = new KeptValues.Key(declared.name(), source.url(), cookies == null ? "" : cookies);
        return kept.get(key, ttl, () -> fetch(cookies));
    }

    private CompletionStage<PageValue> fetch(@Nullable String cookies) {
        return service.guard()
                .call(() -> service.fetcher().fetch(source.url(), cookies, declared.timeout()))
                .toCompletionStage();
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
