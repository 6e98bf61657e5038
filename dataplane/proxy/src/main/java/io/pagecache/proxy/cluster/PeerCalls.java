package io.pagecache.proxy.cluster;

import io.pagecache.plan.AuthorRoll;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Tells the other proxies who edits, by {@code POST /v1/authors} on their management ports. */
public final class PeerCalls {
    /** How long an edit's answer waits for a peer that does not answer. */
    public static final Duration PATIENCE = Duration.ofMillis(500);

    private static final int MOST_CONNECTIONS_PER_PEER = 8;
    private static final int MOST_WAITING = 256;
    private static final Handler<Throwable> QUIET = failure -> {};

    private final Vertx vertx;
    private final HttpClient client;
    private final SharedSecret secret;
    private final RollFormat format;

    /** How a roll is written and read. */
    public interface RollFormat {
        byte[] write(AuthorRoll roll);

        AuthorRoll read(byte[] text);
    }

    public PeerCalls(Vertx vertx, SharedSecret secret, RollFormat format) {
        this.vertx = vertx;
        this.secret = secret;
        this.format = format;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setMaxPoolSize(MOST_CONNECTIONS_PER_PEER)
                .setMaxWaitQueueSize(MOST_WAITING)
                .setConnectTimeout((int) PATIENCE.toMillis()));
    }

    /**
     * Tells all peers at once.
     *
     * @param heard gets what a peer knows in turn
     * @return the peers that have not answered in time; never fails
     */
    public Future<List<String>> tell(List<String> peers, AuthorRoll roll, Consumer<AuthorRoll> heard) {
        Buffer json = Buffer.buffer(format.write(roll));
        List<Future<Boolean>> calls = new ArrayList<>(peers.size());
        for (String peer : peers) {
            calls.add(inTime(call(peer, json, heard)));
        }
        return Future.join(new ArrayList<>(calls)).transform(done -> {
            List<String> silent = new ArrayList<>();
            for (int i = 0; i < calls.size(); i++) {
                if (calls.get(i).failed() || !calls.get(i).result()) {
                    silent.add(peers.get(i));
                }
            }
            return Future.succeededFuture(silent);
        });
    }

    private Future<Boolean> inTime(Future<Boolean> call) {
        Promise<Boolean> first = Promise.promise();
        AtomicBoolean over = new AtomicBoolean();
        long timer = vertx.setTimer(PATIENCE.toMillis(), late -> {
            if (over.compareAndSet(false, true)) {
                first.complete(false);
            }
        });
        call.onComplete(result -> {
            if (over.compareAndSet(false, true)) {
                vertx.cancelTimer(timer);
                first.complete(result.succeeded() && result.result());
            }
        });
        return first.future();
    }

    private Future<Boolean> call(String peer, Buffer json, Consumer<AuthorRoll> heard) {
        byte[] token = secret.bytes();
        if (token == null) {
            return Future.failedFuture(new IOException("no token to call " + peer + " with"));
        }
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI("http://" + peer + "/v1/authors")
                .setIdleTimeout(2 * PATIENCE.toMillis())
                .putHeader("Content-Type", "application/json")
                .putHeader("Authorization", "Bearer " + new String(token, StandardCharsets.UTF_8));
        return client.request(options).compose(request -> ask(request, json, heard));
    }

    /** Called on the connection's event loop: a reader set by another thread may miss the first bytes. */
    private Future<Boolean> ask(HttpClientRequest request, Buffer json, Consumer<AuthorRoll> heard) {
        return request.exceptionHandler(QUIET)
                .send(json)
                .compose(response -> response.body().map(body -> {
                    boolean told = response.statusCode() == 200;
                    if (told) {
                        heard.accept(format.read(body.getBytes()));
                    }
                    return told;
                }));
    }
}
