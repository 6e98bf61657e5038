package io.pagecache.proxy.origin;

import io.pagecache.http.PageResponse;
import io.pagecache.plan.Origin;
import io.pagecache.plan.OriginTls;
import io.pagecache.proxy.origin.OriginOutcome.Answered;
import io.pagecache.proxy.origin.OriginOutcome.Failed;
import io.pagecache.proxy.origin.OriginOutcome.NotModified;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.SSLOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.streams.Pipe;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Connections to one origin. Never fails its futures: what goes wrong is an {@link OriginFailure}. Its answers arrive on the
 * event loop that asked.
 */
public final class OriginClient {
    private static final Logger LOG = Logger.getLogger(OriginClient.class);

    /** Requests that may wait for a connection, for each connection there may be. */
    private static final int QUEUE_PER_CONNECTION = 4;

    /** As much of a body as one read brings: each piece is sent on by itself. */
    private static final int MAX_PIECE = 64 * 1024;

    /** Pooled connections that may be found dead for one request before that counts as a failure. */
    private static final int MOST_GONE = 16;

    /** Failures come through the futures; without a handler Vert.x would log each of them besides. */
    private static final Handler<Throwable> QUIET = failure -> {};

    private final Vertx vertx;
    private final Origin origin;
    private final OriginAuthorities authorities;
    private final OriginHealth health;
    private final OriginTraffic traffic;
    private final InstantSource clock;
    private final InstantSource wall;
    private final HttpClient client;
    private final OriginAddress address;
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean retired;

    /** Who is told of what happens, and when it does. */
    public record Books(OriginHealth health, OriginTraffic traffic, Clocks clocks) {}

    /** @param authorities believed where the origin asks for authorities of its own */
    public OriginClient(Vertx vertx, Origin origin, OriginAuthorities authorities, Books books) {
        this.vertx = vertx;
        this.origin = origin;
        this.authorities = authorities;
        this.health = books.health();
        this.traffic = books.traffic();
        this.clock = books.clocks().steady();
        this.wall = books.clocks().wall();
        this.address = new OriginAddress(vertx, origin.host(), origin.port(), this::resolve, System::nanoTime);
        this.client = vertx.createHttpClient(options());
        client.connectionHandler(connection -> AnswerGuard.guard(connection, traffic::refused));
    }

    private HttpClientOptions options() {
        HttpClientOptions options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setDefaultHost(origin.host())
                .setDefaultPort(origin.port())
                .setSsl(origin.scheme().equals("https"))
                .setMaxPoolSize(origin.maxConnections())
                .setMaxWaitQueueSize(origin.maxConnections() * QUEUE_PER_CONNECTION)
                .setConnectTimeout(millis(origin.timeouts().connect()))
                .setKeepAliveTimeout(30)
                .setMaxHeaderSize(AnswerGuard.MAX_HEAD + 1024)
                .setMaxInitialLineLength(AnswerGuard.MAX_HEAD)
                .setMaxChunkSize(MAX_PIECE)
                .setDecompressionSupported(false);
        OriginTls tls = origin.tls();
        if (tls != null && tls.ownAuthorities()) {
            options.setTrustOptions(authorities.trust());
        }
        return tls != null && tls.serverName() != null ? options.setForceSni(true) : options;
    }

    /** Connections that are made from now on are judged by the authorities as they are now. */
    public void authoritiesChanged() {
        OriginTls tls = origin.tls();
        if (tls != null && tls.ownAuthorities()) {
            client.updateSSLOptions(new SSLOptions().setTrustOptions(authorities.trust()))
                    .onFailure(cause ->
                            LOG.errorf("the origin's authorities cannot be used, those before stay: %s", cause));
        }
    }

    public Origin origin() {
        return origin;
    }

    public OriginHealth health() {
        return health;
    }

    /** Asks, again if that is harmless and the plan grants it, and yields the answer's head with its body still to come. */
    public Future<OriginOutcome> fetch(OriginRequest request) {
        if (origin.unresolved() != null) {
            return Future.succeededFuture(failed(OriginFailure.UNRESOLVED, System.nanoTime()));
        }
        return attempt(request, new Patience(request.mayBeRepeated() ? origin.retries() : 0, MOST_GONE));
    }

    private Future<OriginOutcome> attempt(OriginRequest request, Patience patience) {
        long started = System.nanoTime();
        Instant asked = clock.instant();
        OriginExchange exchange = new OriginExchange(request, false);
        Promise<OriginOutcome> outcome = Promise.promise();
        underWay.incrementAndGet();
        traffic.sent();
        connect(request)
                .compose(wire -> send(wire, request, exchange)
                        .map(response -> answered(request, response, new Started(asked, started))))
                .onSuccess(outcome::complete)
                .onFailure(cause -> {
                    settled();
                    OriginFailure failure = FailureCauses.classify(cause);
                    Patience left = patience.after(cause, failure.isWorthRetrying() && exchange.mayBeSentAgain());
                    if (left != null) {
                        attempt(request, left).onSuccess(outcome::complete);
                    } else if (FailureCauses.isOfTheClient(cause)) {
                        outcome.complete(new Failed(failure, micros(started)));
                    } else {
                        outcome.complete(failed(failure, started));
                    }
                });
        return outcome.future();
    }

    /**
     * What may still be tried.
     *
     * @param gone pooled connections that may turn out to be gone
     */
    private record Patience(int retries, int gone) {

        @Nullable
        Patience after(Throwable cause, boolean mayRetry) {
            if (cause instanceof FailureCauses.ConnectionGone) {
                return gone > 0 ? new Patience(retries, gone - 1) : null;
            }
            return mayRetry && retries > 0 ? new Patience(retries - 1, gone) : null;
        }
    }

    private Future<HttpClientRequest> connect(OriginRequest request) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(request.method()))
                .setURI(request.target())
                .setConnectTimeout(2L * millis(origin.timeouts().connect()));
        OriginTls tls = origin.tls();
        if (tls != null && tls.serverName() != null) {
            // The name decides on SNI and on what the certificate must say; where to connect does not change.
            options.setHost(tls.serverName()).setPort(origin.port());
        }
        // Inside a composition, for a client that is closed already throws instead of failing its future.
        return address.current().compose(server -> client.request(to(server, options)));
    }

    /** Where to connect; what the origin is called stays. */
    private RequestOptions to(SocketAddress server, RequestOptions options) {
        if (options.getHost() == null) {
            options.setHost(origin.host()).setPort(origin.port());
        }
        return options.setServer(server);
    }

    private Future<InetAddress> resolve() {
        Promise<InetAddress> address = Promise.promise();
        ((VertxInternal) vertx).resolveAddress(origin.host(), address);
        return address.future();
    }

    private Future<HttpClientResponse> send(HttpClientRequest wire, OriginRequest request, OriginExchange exchange) {
        AnswerGuard guard = AnswerGuard.of(wire.connection());
        if (guard == null) {
            wire.reset();
            return Future.failedFuture(new FailureCauses.ConnectionGone());
        }
        guard.expect(exchange);
        request.headers().forEach((name, value) -> wire.headers().add(name, value));
        wire.exceptionHandler(QUIET);
        Promise<HttpClientResponse> head = Promise.promise();
        wire.response().onComplete(response -> {
            if (response.succeeded()) {
                response.result().pause();
            }
            head.handle(response);
        });
        if (request.body() == null) {
            wire.end();
            expectHead(wire, head);
        } else {
            sendBody(wire, request, head);
        }
        return head.future();
    }

    private void sendBody(HttpClientRequest wire, OriginRequest request, Promise<HttpClientResponse> head) {
        if (request.bodyLength() >= 0) {
            wire.putHeader("Content-Length", Long.toString(request.bodyLength()));
        } else {
            wire.setChunked(true);
        }
        // A body that breaks off must not look complete to the origin.
        Pipe<Buffer> pipe;
        try {
            pipe = java.util.Objects.requireNonNull(request.body()).pipe();
        } catch (IllegalStateException alreadyOver) { // its stream was reset before there was a connection
            wire.reset(0, new FailureCauses.ClientLeft());
            return;
        }
        Future<Void> sent = pipe.endOnFailure(false)
                .to(wire)
                .onSuccess(v -> expectHead(wire, head))
                .onFailure(cause ->
                        wire.reset(0, cause instanceof BoundedBody.TooLarge ? cause : new FailureCauses.ClientLeft()));
        // What is left of the body would be taken for the next request: an early answer is the connection's last.
        head.future()
                .onSuccess(early -> early.end().onComplete(over -> {
                    if (!sent.isComplete()) {
                        wire.reset();
                    }
                }));
    }

    private void expectHead(HttpClientRequest wire, Promise<HttpClientResponse> head) {
        Duration patience = origin.timeouts().firstByte();
        long timer = vertx.setTimer(
                millis(patience), fired -> wire.reset(0, new FailureCauses.TooLate("no answer after " + patience)));
        head.future().onComplete(answer -> vertx.cancelTimer(timer));
    }

    /**
     * When a request was begun.
     *
     * @param at by the steady clock
     * @param nanos for durations in metrics
     */
    private record Started(Instant at, long nanos) {}

    private OriginOutcome answered(OriginRequest request, HttpClientResponse response, Started begun) {
        long started = begun.nanos();
        long micros = micros(started);
        PageResponse head = AnswerHead.read(response, begun.at(), clock.instant(), wall.instant());
        OriginBody body = new OriginBody(response, vertx, origin.timeouts().idle(), traffic::received, this::settled);
        boolean unasked = head.status() == 304 && request.conditions() == OriginRequest.Conditions.NONE;
        if (unasked || head.status() < 200 || head.status() > 599) {
            body.abort();
            return failed(OriginFailure.BROKEN_ANSWER, started);
        }
        traffic.answered(head.status(), micros);
        judge(head.status());
        if (head.status() == 304 && request.conditions() == OriginRequest.Conditions.OURS) {
            body.discard();
            return new NotModified(head, micros);
        }
        return new Answered(head, body, micros);
    }

    /** 502, 503 and 504 say that the application itself is not there; other errors are about one page. */
    private void judge(int status) {
        if (status >= 502 && status <= 504) {
            health.failed(clock.instant());
        } else {
            health.succeeded();
        }
    }

    private OriginOutcome failed(OriginFailure failure, long started) {
        traffic.failed(failure);
        if (failure != OriginFailure.OVERLOADED) {
            health.failed(clock.instant());
        }
        return new Failed(failure, micros(started));
    }

    /**
     * Asks to switch protocols.
     *
     * @param request with {@code Upgrade} in its headers
     */
    public Future<OriginUpgrade> upgrade(OriginRequest request) {
        if (origin.unresolved() != null) {
            return Future.succeededFuture(new OriginUpgrade.Failed(OriginFailure.UNRESOLVED));
        }
        underWay.incrementAndGet();
        traffic.sent();
        return connect(request)
                .compose(wire -> {
                    AnswerGuard guard = AnswerGuard.of(wire.connection());
                    if (guard == null) {
                        return Future.failedFuture(new FailureCauses.ConnectionGone());
                    }
                    guard.expect(new OriginExchange(request, true));
                    request.headers().forEach((name, value) -> wire.headers().add(name, value));
                    wire.exceptionHandler(QUIET);
                    Promise<HttpClientResponse> head = Promise.promise();
                    wire.connect().onComplete(head);
                    expectHead(wire, head);
                    return head.future();
                })
                .map(this::upgraded)
                .otherwise(cause -> {
                    settled();
                    OriginFailure failure = FailureCauses.classify(cause);
                    traffic.failed(failure);
                    return new OriginUpgrade.Failed(failure);
                });
    }

    private OriginUpgrade upgraded(HttpClientResponse response) {
        Instant now = clock.instant();
        PageResponse head = AnswerHead.read(response, now, now, wall.instant());
        traffic.answered(head.status(), 0);
        if (response.statusCode() == 101) {
            response.netSocket().closeHandler(closed -> settled());
            return new OriginUpgrade.Switched(head, response.netSocket());
        }
        return new OriginUpgrade.Declined(
                head, new OriginBody(response, vertx, origin.timeouts().idle(), traffic::received, this::settled));
    }

    /** Closes the connections once the last exchange is over. */
    public void retire() {
        retired = true;
        underWay.incrementAndGet();
        settled();
    }

    private void settled() {
        if (underWay.decrementAndGet() == 0 && retired) {
            client.close();
        }
    }

    private static int millis(Duration duration) {
        return (int) Math.clamp(duration.toMillis(), 1, Integer.MAX_VALUE / 2);
    }

    private static long micros(long startedNanos) {
        return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - startedNanos);
    }
}
