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
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;

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
    private final String host;

    public Visitor(Vertx vertx, int port) {
        this(vertx, port, "127.0.0.1", new HttpClientOptions().setMaxPoolSize(500));
    }

    private Visitor(Vertx vertx, int port, String host, HttpClientOptions options) {
        this.client = vertx.createHttpClient(options);
        this.port = port;
        this.host = host;
    }

    /** Comes by HTTP/2 in clear text, and knew beforehand. */
    public static Visitor byHttp2(Vertx vertx, int port) {
        HttpClientOptions options =
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false);
        return new Visitor(vertx, port, "127.0.0.1", options);
    }

    /** Comes by TLS and names this site; believes any certificate. */
    public static Visitor byTls(Vertx vertx, int port, String site, HttpVersion version) {
        HttpClientOptions options = new HttpClientOptions()
                .setSsl(true)
                .setTrustAll(true)
                .setVerifyHost(false)
                .setForceSni(true)
                .setUseAlpn(true)
                .setProtocolVersion(version);
        return new Visitor(vertx, port, site, options);
    }

    public Received get(String target, String... fields) {
        return Sync.get(asks("GET", target, null, fields));
    }

    /** On a connection to the site this visitor names, asks for a page of another. */
    public Received getFrom(String authority, String target) {
        return Sync.get(asksOf(authority, "GET", target));
    }

    /** Asks for a page of the site it names. */
    public Future<Received> asksOf(String authority, String method, String target, String... fields) {
        RequestOptions options = options(method, target, fields);
        return client.request(options)
                .compose(request -> reply(request.authority(HostAndPort.create(authority, -1)), null));
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
        return client.request(options(method, target, fields)).compose(request -> reply(request, body));
    }

    private RequestOptions options(String method, String target, String... fields) {
        RequestOptions options = new RequestOptions()
                .setServer(SocketAddress.inetSocketAddress(port, "127.0.0.1"))
                .setHost(host)
                .setPort(port)
                .setMethod(HttpMethod.valueOf(method))
                .setURI(target);
        for (int i = 0; i < fields.length; i += 2) {
            options.addHeader(fields[i], fields[i + 1]);
        }
        return options;
    }

    /** Called on the connection's event loop: another thread may come too late for the first bytes of the body. */
    private static Future<Received> reply(HttpClientRequest request, Buffer body) {
        Future<HttpClientResponse> sent = body == null ? request.send() : request.send(body);
        return sent.compose(
                response -> response.body().map(all -> new Received(response.statusCode(), response.headers(), all)));
    }
}
