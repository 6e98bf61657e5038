package io.pagecache.e2e.actors;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Somebody with a browser: keeps its connection open, so all its requests meet the same proxy. */
public final class Visitor implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String base;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /** @param base such as {@code http://127.0.2.1:80}, without a trailing slash */
    public Visitor(String base) {
        this.base = base;
    }

    /** @param headers name, value, name, value … */
    public Reply get(String path, String... headers) {
        return send(request(path, headers).GET().build());
    }

    public Reply postForm(String path, String form) {
        return send(request(path, "Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());
    }

    /** All at once, each on a connection of its own. */
    public List<Reply> getAtOnce(int count, String path) {
        List<CompletableFuture<Reply>> pending = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pending.add(client.sendAsync(request(path).GET().build(), HttpResponse.BodyHandlers.ofString())
                    .thenApply(Reply::new));
        }
        return pending.stream().map(CompletableFuture::join).toList();
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE);
        if (headers.length > 0) {
            builder.headers(headers);
        }
        return builder;
    }

    private Reply send(HttpRequest request) {
        try {
            return new Reply(client.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new AssertionError("%s %s: %s".formatted(request.method(), request.uri(), e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    /** What came back. */
    public record Reply(int status, String cacheStatus, String setCookie, String body) {
        Reply(HttpResponse<String> response) {
            this(
                    response.statusCode(),
                    response.headers().firstValue("Cache-Status").orElse(""),
                    response.headers().firstValue("Set-Cookie").orElse(""),
                    response.body());
        }

        public boolean isHit() {
            return cacheStatus.contains("; hit");
        }
    }
}
