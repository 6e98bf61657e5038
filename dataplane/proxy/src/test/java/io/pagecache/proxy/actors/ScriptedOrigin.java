package io.pagecache.proxy.actors;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The application behind the proxy: answers as told, remembers what it was asked. */
public final class ScriptedOrigin implements AutoCloseable {

    /** A request as it came in. */
    public record Seen(String method, String uri, MultiMap headers) {
        public String header(String name) {
            return headers.get(name);
        }
    }

    private final Vertx vertx;
    private final Map<String, Handler<HttpServerRequest>> script = new ConcurrentHashMap<>();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final AtomicInteger count = new AtomicInteger();
    private HttpServer server;

    public ScriptedOrigin(Vertx vertx) {
        this.vertx = vertx;
        start(0);
    }

    private void start(int port) {
        server = Sync.get(vertx.createHttpServer(new HttpServerOptions().setHandle100ContinueAutomatically(true))
                .requestHandler(this::handle)
                .listen(port, "127.0.0.1"));
    }

    private void handle(HttpServerRequest request) {
        seen.add(new Seen(
                request.method().name(),
                request.uri(),
                MultiMap.caseInsensitiveMultiMap().addAll(request.headers())));
        count.incrementAndGet();
        script.getOrDefault(request.path(), this::numbered).handle(request);
    }

    /** Unless told otherwise: text that says how many requests there have been. */
    private void numbered(HttpServerRequest request) {
        request.response().putHeader("Content-Type", "text/plain").end(request.uri() + " #" + count.get());
    }

    public ScriptedOrigin on(String path, Handler<HttpServerRequest> answer) {
        script.put(path, answer);
        return this;
    }

    /** Answers with this text and these fields (name, value, name, value …). */
    public ScriptedOrigin answers(String path, String body, String... fields) {
        return on(path, request -> {
            for (int i = 0; i < fields.length; i += 2) {
                request.response().putHeader(fields[i], fields[i + 1]);
            }
            request.response().end(body);
        });
    }

    public ScriptedOrigin answersStatus(String path, int status) {
        return on(path, request -> request.response().setStatusCode(status).end("status " + status));
    }

    /** Answers numbered text, but only once the gate is open. */
    public Gate answersWhenOpen(String path) {
        return answersWhenOpen(path, this::numbered);
    }

    public Gate answersWhenOpen(String path, Handler<HttpServerRequest> answer) {
        Gate gate = new Gate();
        on(path, request -> {
            gate.reached.countDown();
            vertx.executeBlocking(() -> gate.open.await(20, TimeUnit.SECONDS), false)
                    .onSuccess(opened -> answer.handle(request));
        });
        return gate;
    }

    /** Announces more than it sends. */
    public ScriptedOrigin breaksOff(String path) {
        return on(path, request -> {
            request.response().putHeader("Content-Length", "1000").putHeader("Content-Type", "text/plain");
            request.response()
                    .write(Buffer.buffer("only this"))
                    .onComplete(written -> request.connection().close());
        });
    }

    public List<Seen> seen() {
        return seen;
    }

    public Seen lastSeen() {
        return seen.getLast();
    }

    public long requestsFor(String path) {
        return seen.stream()
                .filter(one -> one.uri().equals(path) || one.uri().startsWith(path + "?"))
                .count();
    }

    public int port() {
        return server.actualPort();
    }

    public void goDown() {
        Sync.get(server.close());
    }

    public void comeBack() {
        start(server.actualPort());
    }

    @Override
    public void close() {
        goDown();
    }

    /** Holds answers back. */
    public static final class Gate {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch open = new CountDownLatch(1);

        public void awaitFirst() throws InterruptedException {
            if (!reached.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("no request reached the origin");
            }
        }

        public void open() {
            open.countDown();
        }
    }
}
