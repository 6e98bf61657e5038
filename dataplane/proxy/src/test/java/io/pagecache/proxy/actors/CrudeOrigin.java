package io.pagecache.proxy.actors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** An origin that does with each connection what no HTTP library would. */
public final class CrudeOrigin implements AutoCloseable {

    /** What happens on one connection, which is closed afterwards. */
    @FunctionalInterface
    public interface Conduct {
        void with(Socket connection) throws IOException;
    }

    private final ServerSocket listener;
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Conduct conduct;

    public CrudeOrigin(Conduct conduct) throws IOException {
        this.conduct = conduct;
        this.listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    public int connections() {
        return connections.get();
    }

    /** For the connections to come. */
    public void behaves(Conduct other) {
        conduct = other;
    }

    /** Reads a request's head. */
    public static void readHead(Socket connection) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = connection.getInputStream().read();
            if (octet < 0) {
                throw new IOException("closed after " + head);
            }
            head.append((char) octet);
        }
    }

    public static void write(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        connection.getOutputStream().flush();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket connection = listener.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            conduct.with(connection);
        } catch (IOException theOtherSideHasClosed) {
            // That is its right.
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
