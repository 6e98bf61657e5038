package io.pagecache.proxy.elements;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pagecache.template.PageValue;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Asks other services for values. Fails with an exception; the caller has a fallback. */
final class ValueFetcher {
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int MOST_BYTES = 256 * 1024;
    private static final int MOST_CONNECTIONS_PER_SERVICE = 64;

    /** Failures come through the futures; without a handler Vert.x would log each of them besides. */
    private static final Handler<Throwable> QUIET = failure -> {};

    private final HttpClient client;
    private final ObjectMapper json = new ObjectMapper();

    ValueFetcher(Vertx vertx) {
        client = vertx.createHttpClient(new HttpClientOptions()
                .setMaxPoolSize(MOST_CONNECTIONS_PER_SERVICE)
                .setMaxWaitQueueSize(4 * MOST_CONNECTIONS_PER_SERVICE)
                .setDecompressionSupported(false));
    }

    Future<PageValue> fetch(String url, @Nullable String cookies, Duration timeout) {
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(url)
                .setConnectTimeout(Math.max(1, timeout.toMillis()))
                .setIdleTimeout(Math.max(1, timeout.toMillis()))
                .putHeader("Accept", "application/json, text/plain;q=0.8")
                .putHeader("Accept-Encoding", "identity");
        if (cookies != null) {
            request.putHeader("Cookie", cookies);
        }
        return client.request(request).compose(this::ask);
    }

    /** Called on the connection's event loop: a reader set by another thread may miss the first bytes. */
    private Future<PageValue> ask(HttpClientRequest request) {
        return request.exceptionHandler(QUIET).send().compose(this::read);
    }

    private Future<PageValue> read(HttpClientResponse response) {
        response.exceptionHandler(QUIET);
        if (saysThereIsNone(response.statusCode())) {
            return response.end().map(PageValue.MISSING);
        }
        if (response.statusCode() != 200) {
            response.request().reset();
            return Future.failedFuture(new IOException("status " + response.statusCode()));
        }
        Buffer collected = Buffer.buffer();
        response.handler(chunk -> {
            collected.appendBuffer(chunk);
            if (collected.length() > MOST_BYTES) {
                response.request().reset(0, new IOException("more than " + MOST_BYTES + " bytes"));
            }
        });
        String type = response.getHeader("Content-Type");
        return response.end().map(done -> value(collected, type == null ? "" : type.toLowerCase(Locale.ROOT)));
    }

    /** No fault of the service's: a reader's expired session must not make it seem dead. */
    private static boolean saysThereIsNone(int status) {
        boolean refused = status >= 400 && status < 500;
        return status == 204 || (refused && status != REQUEST_TIMEOUT && status != TOO_MANY_REQUESTS);
    }

    private PageValue value(Buffer body, String contentType) {
        if (!contentType.contains("json")) {
            return PageValue.of(body.toString());
        }
        try {
            return PageValue.of(json.readValue(body.getBytes(), Object.class));
        } catch (JsonProcessingException notJson) {
            throw new UncheckedIOException(notJson);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
