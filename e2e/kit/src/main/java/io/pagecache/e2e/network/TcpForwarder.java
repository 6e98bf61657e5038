package io.pagecache.e2e.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Forwards every connection to the backend that is chosen for it. Bytes pass as they come, half-closes too, and the backend
 * sees the client's own (loopback) address, as it does behind kube-proxy. No second backend is tried after a failure: that
 * would hide what a rolling update breaks. The connections of a forwarder that closes run on, like established
 * connections of a Service whose endpoints change.
 */
final class TcpForwarder implements AutoCloseable {
    private static final int BACKLOG = 4096;
    private static final int CONNECT_MILLIS = 3_000;
    private static final int BUFFER = 64 * 1024;
    private static final int LAST_PRIVILEGED_PORT = 1023;

    private final ServerSocket listener;
    private final Supplier<Optional<InetSocketAddress>> backend;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private TcpForwarder(ServerSocket listener, Supplier<Optional<InetSocketAddress>> backend) {
        this.listener = listener;
        this.backend = backend;
    }

    static TcpForwarder listen(InetAddress address, int port, Supplier<Optional<InetSocketAddress>> backend) {
        try {
            TcpForwarder forwarder = new TcpForwarder(bind(address, port), backend);
            Thread.ofVirtual()
                    .name("service-" + address.getHostAddress() + ":" + port)
                    .start(forwarder::accept);
            return forwarder;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + address + ":" + port, e);
        }
    }

    /** Port 80 is closed to ordinary users; they get another port, which {@link #address} tells. */
    private static ServerSocket bind(InetAddress address, int port) throws IOException {
        try {
            return new ServerSocket(port, BACKLOG, address);
        } catch (IOException e) {
            if (port <= LAST_PRIVILEGED_PORT) {
                return new ServerSocket(0, BACKLOG, address);
            }
            throw e;
        }
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.startVirtualThread(() -> forward(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void forward(Socket client) {
        Optional<InetSocketAddress> chosen = backend.get();
        if (chosen.isEmpty()) {
            reset(client);
            return;
        }
        try (client;
                Socket server = new Socket()) {
            open.add(client);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            if (client.getInetAddress().isLoopbackAddress()) {
                server.bind(new InetSocketAddress(client.getInetAddress(), 0));
            }
            server.connect(chosen.get(), CONNECT_MILLIS);
            Thread answers = Thread.startVirtualThread(() -> copy(server, client));
            copy(client, server);
            answers.join();
        } catch (IOException e) {
            reset(client);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    /** Copies until the end of the stream and passes that end on; an abort on one side aborts the other. */
    private static void copy(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try {
            for (int read = from.getInputStream().read(buffer);
                    read >= 0;
                    read = from.getInputStream().read(buffer)) {
                to.getOutputStream().write(buffer, 0, read);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            reset(to);
            reset(from);
        }
    }

    private static void reset(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // Already closed: nothing is left to reset.
            return;
        }
    }

    /** Stops listening and leaves established connections alone. */
    void stopListening() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stopListening();
        open.forEach(TcpForwarder::reset);
    }
}
