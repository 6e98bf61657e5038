package io.pagecache.samples;

import io.pagecache.freshness.Age;
import io.pagecache.freshness.FreshnessCalculator;
import io.pagecache.freshness.StaleWindows;
import io.pagecache.http.Body;
import io.pagecache.http.EntityTag;
import io.pagecache.http.Headers;
import io.pagecache.http.PageResponse;
import io.pagecache.http.ResponseDirectives;
import io.pagecache.key.BaseKey;
import io.pagecache.key.CacheKey;
import io.pagecache.plan.Behaviour;
import io.pagecache.store.StoredPage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** An origin's answer of {@link #NOW}, and the page that it becomes. */
public final class SampleAnswer {
    public static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    /** {@link #NOW} in a field. */
    public static final String DATE = "Sun, 22 Nov 2026 10:00:00 GMT";

    private int status = 200;
    private Headers headers = Headers.EMPTY;
    private Headers control = Headers.EMPTY;
    private Instant requestedAt = NOW;
    private Instant receivedAt = NOW;
    private String body = "0123456789";
    private Body gzip;
    private EntityTag generatedTag;

    public static SampleAnswer answer(String... headers) {
        SampleAnswer answer = new SampleAnswer();
        answer.headers = Headers.of(headers);
        return answer;
    }

    public SampleAnswer status(int value) {
        status = value;
        return this;
    }

    public SampleAnswer requestedAt(Instant value) {
        requestedAt = value;
        return this;
    }

    public SampleAnswer receivedAt(Instant value) {
        requestedAt = value;
        receivedAt = value;
        return this;
    }

    public SampleAnswer control(String... namesAndValues) {
        control = Headers.of(namesAndValues);
        return this;
    }

    public SampleAnswer gzip(String bytes) {
        gzip = Body.wrap(bytes.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public SampleAnswer generatedTag(String opaque) {
        generatedTag = EntityTag.strong(opaque);
        return this;
    }

    public PageResponse head() {
        return new PageResponse(status, headers, requestedAt, receivedAt);
    }

    /** The page as it is stored under a rule. */
    public StoredPage storedUnder(Behaviour behaviour) {
        Headers all = headers.toBuilder().addAll(control).build();
        PageResponse response = new PageResponse(status, all, requestedAt, receivedAt);
        ResponseDirectives directives = ResponseDirectives.of(all);
        return new StoredPage(
                new CacheKey(new BaseKey("http", "www.example.com", "/", null), ""),
                List.of(),
                List.of(),
                status,
                headers,
                control,
                generatedTag,
                directives,
                Body.wrap(body.getBytes(StandardCharsets.UTF_8)),
                gzip,
                null,
                receivedAt,
                receivedAt,
                Age.initial(response),
                new FreshnessCalculator()
                        .lifetime(response, directives, behaviour)
                        .value(),
                StaleWindows.of(directives, behaviour, Duration.ofHours(1)),
                List.of());
    }

    public StoredPage stored() {
        return storedUnder(SampleRule.rule().behaviour());
    }
}
