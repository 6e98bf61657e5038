package io.pagecache.e2e.blackbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Somebody who asks for pages. */
public final class Visitor implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String base;
    private final HttpClient client;

    /** @param base such as {@code http://127.0.0.1:8080}, without a trailing slash */
    public Visitor(String base) {
        this(base, HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
    }

    Visitor(String base, HttpClient client) {
        this.base = base;
        this.client = client;
    }

    /** @param fields name, value, name, value … */
    public Reply get(String path, String... fields) {
        return now(request("GET", path, "", fields));
    }

    public Reply send(String method, String path, String body, String... fields) {
        return now(request(method, path, body, fields));
    }

    /** Empty when there is nobody to answer. */
    Optional<Reply> tries(String path) {
        try {
            return Optional.of(exchange(request("GET", path, "")));
        } catch (IOException nobody) {
            return Optional.empty();
        }
    }

    /** Without waiting for the reply. */
    public CompletableFuture<Reply> asks(String path) {
        return client.sendAsync(request("GET", path, ""), HttpResponse.BodyHandlers.ofByteArray())
                .thenApply(Reply::new);
    }

    /** All at once, each on a connection of its own. */
    public List<Reply> crowd(int visitors, String path) {
        return each(Stream.generate(() -> path).limit(visitors));
    }

    /** All these paths at once. */
    public List<Reply> each(Stream<String> paths) {
        return paths.map(this::asks).toList().stream()
                .map(CompletableFuture::join)
                .toList();
    }

    private HttpRequest request(String method, String path, String body, String... fields) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        return (fields.length == 0 ? request : request.headers(fields)).build();
    }

    private Reply now(HttpRequest request) {
        try {
            return exchange(request);
        } catch (IOException e) {
            throw new AssertionError("%s %s: %s".formatted(request.method(), request.uri(), e), e);
        }
    }

    private Reply exchange(HttpRequest request) throws IOException {
        try {
            return new Reply(client.send(request, HttpResponse.BodyHandlers.ofByteArray()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /** What came back, its body as it was on the wire. */
    public record Reply(HttpResponse<byte[]> response) {
        public int status() {
            return response.statusCode();
        }

        public byte[] bytes() {
            return response.body();
        }

        public String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        /** The field's first value; empty without it. */
        public String field(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public String cacheStatus() {
            return field("Cache-Status");
        }

        public boolean isHit() {
            return cacheStatus().contains("; hit");
        }
    }
}
