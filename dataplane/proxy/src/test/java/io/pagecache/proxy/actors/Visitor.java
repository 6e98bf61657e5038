package io.pagecache.proxy.actors;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

/** A browser, more or less. */
public final class Visitor {

    /** A complete reply. */
    public record Received(int status, MultiMap headers, Buffer body) {
        public String text() {
            return body.toString();
        }

        public String header(String name) {
            return headers.get(name);
        }

        public String cacheStatus() {
            return headers.get("Cache-Status");
        }
    }

    private final HttpClient client;
    private final int port;

    public Visitor(Vertx vertx, int port) {
        this.client = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(500));
        this.port = port;
    }

    public Received get(String target, String... fields) {
        return Sync.get(asks("GET", target, null, fields));
    }

    public Received head(String target, String... fields) {
        return Sync.get(asks("HEAD", target, null, fields));
    }

    public Received post(String target, String body, String... fields) {
        return Sync.get(asks("POST", target, Buffer.buffer(body), fields));
    }

    public Received sends(String method, String target, String body, String... fields) {
        return Sync.get(asks(method, target, Buffer.buffer(body), fields));
    }

    /** Without waiting for the reply. */
    public Future<Received> asks(String method, String target, Buffer body, String... fields) {
        RequestOptions options = new RequestOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setMethod(HttpMethod.valueOf(method))
                .setURI(target);
        for (int i = 0; i < fields.length; i += 2) {
            options.addHeader(fields[i], fields[i + 1]);
        }
        return client.request(options).compose(request -> reply(request, body));
    }

    /** Called on the connection's event loop: another thread may come too late for the first bytes of the body. */
    private static Future<Received> reply(HttpClientRequest request, Buffer body) {
        Future<HttpClientResponse> sent = body == null ? request.send() : request.send(body);
        return sent.compose(
                response -> response.body().map(all -> new Received(response.statusCode(), response.headers(), all)));
    }
}
