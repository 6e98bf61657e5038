package io.pagecache.standalone.serve;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;

/** A host and its port, 1 to 65535. */
public record Address(String host, int port) {

    /** {@code host:port}, or empty when the text is none. */
    public static Optional<Address> parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            return Optional.empty();
        }
        return parsePort(text.substring(colon + 1)).map(port -> new Address(text.substring(0, colon), port));
    }

    /** A port of 1 to 65535, or empty when the text is none. */
    public static Optional<Integer> parsePort(String text) {
        if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        int port = Integer.parseInt(text);
        return port >= 1 && port <= 65535 ? Optional.of(port) : Optional.empty();
    }

    /** A port on this machine's loopback address that nobody listens on now. */
    static Address free() throws IOException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress("127.0.0.1", 0));
            return new Address("127.0.0.1", probe.getLocalPort());
        }
    }

    /** Why nobody can listen here, in the system's words; empty when it is free. */
    Optional<String> obstacle() {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(host, port));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
