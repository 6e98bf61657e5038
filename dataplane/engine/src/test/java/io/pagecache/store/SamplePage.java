package io.pagecache.store;

import io.pagecache.freshness.StaleWindows;
import io.pagecache.http.Body;
import io.pagecache.http.Headers;
import io.pagecache.http.ResponseDirectives;
import io.pagecache.key.BaseKey;
import io.pagecache.key.CacheKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A page for tests: sensible unless said otherwise. */
final class SamplePage {
    private int status = 200;
    private CacheKey key;
    private String content = "content";
    private Headers requestHeaders = Headers.EMPTY;
    private Headers headers = Headers.of("Content-Type", "text/html");
    private List<String> vary = List.of();
    private List<String> tags = List.of();
    private Instant receivedAt = Instant.parse("2026-11-22T10:00:00Z");
    private Duration lifetime = Duration.ofMinutes(1);
    private StaleWindows windows = new StaleWindows(Duration.ZERO, Duration.ofHours(1), Duration.ZERO);

    private SamplePage(CacheKey key) {
        this.key = key;
    }

    static SamplePage at(String path) {
        return new SamplePage(keyOf(path));
    }

    static CacheKey keyOf(String path) {
        int query = path.indexOf('?');
        String plain = query < 0 ? path : path.substring(0, query);
        return new CacheKey(
                new BaseKey("https", "example.com", plain, query < 0 ? null : path.substring(query + 1)), "");
    }

    SamplePage key(CacheKey other) {
        key = other;
        return this;
    }

    SamplePage content(String text) {
        content = text;
        return this;
    }

    SamplePage status(int code) {
        status = code;
        return this;
    }

    SamplePage size(int bytes) {
        return content("x".repeat(bytes));
    }

    SamplePage headers(String... namesAndValues) {
        headers = Headers.of(namesAndValues);
        return this;
    }

    SamplePage tags(String... names) {
        tags = List.of(names);
        return this;
    }

    /** The answer varies by these fields, and was fetched by a request with these headers. */
    SamplePage vary(List<String> names, String... requestNamesAndValues) {
        vary = names;
        requestHeaders = Headers.of(requestNamesAndValues);
        return this;
    }

    SamplePage receivedAt(Instant when) {
        receivedAt = when;
        return this;
    }

    SamplePage lifetime(Duration duration) {
        lifetime = duration;
        return this;
    }

    SamplePage windows(StaleWindows staleWindows) {
        windows = staleWindows;
        return this;
    }

    StoredPage build() {
        return new StoredPage(
                key,
                vary,
                VaryValues.of(vary, requestHeaders),
                status,
                headers,
                Headers.EMPTY,
                null,
                ResponseDirectives.NONE,
                Body.wrap(content.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                null,
                null,
                receivedAt,
                receivedAt,
                Duration.ZERO,
                lifetime,
                windows,
                tags);
    }
}
