package io.pagecache.proxy.caching;

import io.pagecache.http.HttpDates;
import io.pagecache.proxy.actors.ScriptedOrigin.Seen;
import io.pagecache.proxy.actors.Stage;
import io.pagecache.proxy.actors.Visitor.Received;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One URL of a stage that many tests share. Its origin says by the body how often it was asked. Fields are written as {@code Name:
 * value || Name: value}; {@code {+60}} and {@code {-60}} stand for the date so many seconds from now.
 */
final class CachedPage {
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final Stage stage;
    final String path = "/page-" + NAMES.incrementAndGet();
    private final AtomicInteger asked = new AtomicInteger();
    private final List<Seen> seen = new ArrayList<>();
    private volatile int status = 200;
    private volatile List<String[]> fields = List.of();
    private volatile boolean confirms;

    CachedPage(Stage stage) {
        this.stage = stage;
        stage.origin.on(path, this::answer);
    }

    private void answer(HttpServerRequest request) {
        seen.add(new Seen(request.method().name(), request.uri(), request.headers()));
        boolean conditional =
                request.getHeader("If-None-Match") != null || request.getHeader("If-Modified-Since") != null;
        boolean notModified = confirms && conditional;
        request.response().setStatusCode(notModified ? 304 : status);
        for (String[] field : fields) {
            request.response().headers().add(field[0], field[1]);
        }
        if (!request.response().headers().contains("Date")) {
            request.response().putHeader("Date", date("+0"));
        }
        String body = "#" + asked.incrementAndGet();
        if (notModified || status == 204) {
            request.response().end();
        } else {
            request.response().end(body);
        }
    }

    /** From now on the origin answers 200 with these fields. */
    CachedPage says(String text) {
        return says(200, text);
    }

    CachedPage says(int newStatus, String text) {
        fields = fields(text);
        status = newStatus;
        return this;
    }

    /** From now on the origin answers conditional requests by 304. */
    CachedPage confirms() {
        confirms = true;
        return this;
    }

    private List<String[]> fields(String text) {
        List<String[]> parsed = new ArrayList<>();
        for (String field : text.split("\\|\\|")) {
            int colon = field.indexOf(':');
            if (colon > 0) {
                parsed.add(new String[] {
                    field.substring(0, colon).strip(),
                    dated(field.substring(colon + 1).strip())
                });
            }
        }
        return parsed;
    }

    private String dated(String value) {
        int open = value.indexOf('{');
        int close = value.indexOf('}');
        return open < 0
                ? value
                : value.substring(0, open) + date(value.substring(open + 1, close)) + value.substring(close + 1);
    }

    private String date(String offset) {
        return HttpDates.format(stage.proxy.clock.instant().plusSeconds(Long.parseLong(offset)));
    }

    Received get(String... requestFields) {
        return stage.visitor.get(path, requestFields);
    }

    Received head(String... requestFields) {
        return stage.visitor.head(path, requestFields);
    }

    Received sends(String method, String... requestFields) {
        return stage.visitor.sends(method, path, "x", requestFields);
    }

    CachedPage after(long seconds) {
        stage.proxy.clock.advance(Duration.ofSeconds(seconds));
        return this;
    }

    /** How often the origin was asked for it. */
    int asked() {
        return asked.get();
    }

    Seen lastSeen() {
        return seen.getLast();
    }

    /** Whether another GET is answered from the store. */
    boolean isReused(String... requestFields) {
        int before = asked.get();
        get(requestFields);
        return asked.get() == before;
    }
}
