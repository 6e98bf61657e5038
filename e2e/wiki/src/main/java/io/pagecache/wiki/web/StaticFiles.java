package io.pagecache.wiki.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Style sheet, script and icon, held in memory. */
final class StaticFiles {
    private final Map<String, StaticFile> files = new HashMap<>();

    StaticFiles() {
        add("style.css", "text/css; charset=utf-8");
        add("page.js", "text/javascript; charset=utf-8");
        add("icon.svg", "image/svg+xml");
    }

    Optional<StaticFile> find(String name) {
        return Optional.ofNullable(files.get(name));
    }

    private void add(String name, String type) {
        String resource = "/io/pagecache/wiki/static/" + name;
        try (var stream = Objects.requireNonNull(StaticFiles.class.getResourceAsStream(resource), resource)) {
            byte[] bytes = stream.readAllBytes();
            String etag = "\"%08x\"".formatted(Arrays.hashCode(bytes));
            files.put(name, new StaticFile(Buffer.buffer(bytes), type, etag));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    record StaticFile(Buffer bytes, String type, String etag) {
        void send(HttpServerRequest request) {
            HttpServerResponse response = request.response()
                    .putHeader("Cache-Control", "public, max-age=300")
                    .putHeader("ETag", etag)
                    .putHeader("Surrogate-Key", "static");
            if (etag.equals(request.getHeader("If-None-Match"))) {
                response.setStatusCode(304).end();
            } else {
                response.putHeader("Content-Type", type).end(bytes);
            }
        }
    }
}
