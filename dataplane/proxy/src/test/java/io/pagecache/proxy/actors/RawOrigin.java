package io.pagecache.proxy.actors;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** An application that says whatever bytes the test wants, once for each request head that comes in. */
public final class RawOrigin implements AutoCloseable {
    private final NetServer server;
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private volatile BiConsumer<NetSocket, String> script = (socket, head) -> socket.close();

    public RawOrigin(Vertx vertx) {
        server = Sync.get(vertx.createNetServer().connectHandler(this::accept).listen(0, "127.0.0.1"));
    }

    private void accept(NetSocket socket) {
        connections.incrementAndGet();
        open.incrementAndGet();
        socket.closeHandler(closed -> open.decrementAndGet());
        socket.exceptionHandler(broken -> {});
        StringBuilder pending = new StringBuilder();
        socket.handler(bytes -> {
            pending.append(bytes.toString(StandardCharsets.ISO_8859_1));
            int end = pending.indexOf("\r\n\r\n");
            boolean startsRequest = pending.indexOf(" HTTP/1.1\r\n") > 0;
            if (startsRequest && end < 0) {
                return;
            }
            String text = pending.toString();
            pending.setLength(0);
            if (startsRequest) {
                received.add(text);
                script.accept(socket, text);
            } else if (!received.isEmpty()) {
                received.set(received.size() - 1, received.getLast() + text);
            }
        });
    }

    /** Gets the socket and the text of each request. */
    public void on(BiConsumer<NetSocket, String> newScript) {
        script = newScript;
    }

    /** Answers each request with these bytes and keeps the connection. */
    public void answers(String bytes) {
        on((socket, head) -> socket.write(Buffer.buffer(bytes.getBytes(StandardCharsets.ISO_8859_1))));
    }

    /** Answers each request with these bytes and closes. */
    public void answersAndCloses(String bytes) {
        on((socket, head) -> socket.end(Buffer.buffer(bytes.getBytes(StandardCharsets.ISO_8859_1))));
    }

    public int port() {
        return server.actualPort();
    }

    /** Texts of the requests so far. */
    public List<String> received() {
        return received;
    }

    public int connections() {
        return connections.get();
    }

    public int openConnections() {
        return open.get();
    }

    @Override
    public void close() {
        Sync.get(server.close());
    }
}
