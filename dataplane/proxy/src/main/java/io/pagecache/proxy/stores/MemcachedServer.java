package io.pagecache.proxy.stores;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One memcached: requests are pipelined over one connection, which is made anew when it is needed after a failure. */
final class MemcachedServer {
    /*
     * Everything but ask() runs on one context, so nothing is locked. The protocol answers in order: each batch waits in a queue
     * for its replies. A batch that is late means that those behind it are late too, so the connection is given up with all of
     * them; otherwise a late reply would be taken for that of another batch.
     */
    private static final int MOST_WAITING = 2048;

    private final Vertx vertx;
    private final Context context;
    private final NetClient client;
    private final String host;
    private final int port;
    private final Duration timeout;
    private final Deque<Batch> waiting = new ArrayDeque<>();
    private @Nullable NetSocket socket;
    private boolean isConnecting;

    MemcachedServer(Vertx vertx, NetClient client, String address, Duration timeout) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.client = client;
        int colon = address.lastIndexOf(':');
        this.host = address.substring(0, colon).replace("[", "").replace("]", "");
        this.port = Integer.parseInt(address.substring(colon + 1));
        this.timeout = timeout;
    }

    /** @param commands as many as replies are expected, each with one reply */
    Future<List<MemcachedReply>> ask(Buffer commands, int expected) {
        Promise<List<MemcachedReply>> replies = Promise.promise();
        context.runOnContext(now -> submit(new Batch(commands, expected, replies)));
        return replies.future();
    }

    void close() {
        context.runOnContext(now -> giveUp(new IOException("closed")));
    }

    private void submit(Batch batch) {
        if (waiting.size() >= MOST_WAITING) {
            batch.replies.fail(new IOException("too many requests wait for " + this));
            return;
        }
        waiting.add(batch);
        batch.timer = vertx.setTimer(Math.max(1, timeout.toMillis()), late -> {
            if (!batch.replies.future().isComplete()) {
                giveUp(new IOException("no answer from " + this + " within " + timeout.toMillis() + " ms"));
            }
        });
        NetSocket open = socket;
        if (open != null) {
            open.write(batch.commands);
        } else if (!isConnecting) {
            connect();
        }
    }

    private void connect() {
        isConnecting = true;
        client.connect(port, host)
                .onComplete(connected -> context.runOnContext(now -> {
                    isConnecting = false;
                    if (connected.failed()) {
                        giveUp(connected.cause());
                    } else {
                        use(connected.result());
                    }
                }));
    }

    private void use(NetSocket connected) {
        socket = connected;
        MemcachedParser parser =
                new MemcachedParser(this::take, problem -> context.runOnContext(now -> drop(connected, problem)));
        connected.exceptionHandler(failure -> context.runOnContext(now -> drop(connected, failure)));
        connected.closeHandler(closed ->
                context.runOnContext(now -> drop(connected, new IOException(this + " closed the connection"))));
        connected.handler(bytes -> context.runOnContext(now -> {
            if (socket == connected) {
                parser.handle(bytes);
            }
        }));
        for (Batch batch : waiting) {
            connected.write(batch.commands);
        }
    }

    private void take(MemcachedReply reply) {
        Batch first = waiting.peek();
        if (first == null) {
            giveUp(new IOException(this + " answers what was not asked"));
            return;
        }
        first.received.add(reply);
        if (first.received.size() == first.expected) {
            waiting.remove();
            vertx.cancelTimer(first.timer);
            first.replies.tryComplete(first.received);
        }
    }

    private void drop(NetSocket connection, Throwable cause) {
        if (socket == connection) {
            giveUp(cause);
        }
    }

    private void giveUp(Throwable cause) {
        NetSocket open = socket;
        socket = null;
        if (open != null) {
            open.close();
        }
        for (Batch batch = waiting.poll(); batch != null; batch = waiting.poll()) {
            vertx.cancelTimer(batch.timer);
            batch.replies.tryFail(cause);
        }
    }

    @Override
    public String toString() {
        return "memcached " + host + ":" + port;
    }

    private static final class Batch {
        private final Buffer commands;
        private final int expected;
        private final Promise<List<MemcachedReply>> replies;
        private final List<MemcachedReply> received = new ArrayList<>(4);
        private long timer = -1;

        Batch(Buffer commands, int expected, Promise<List<MemcachedReply>> replies) {
            this.commands = commands;
            this.expected = expected;
            this.replies = replies;
        }
    }
}
