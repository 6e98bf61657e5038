package io.pagecache.e2e.network;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The machine's own name server, asked for all names that are not the cluster's. */
final class UpstreamDns {
    private static final int PORT = 53;
    private static final int TIMEOUT_MILLIS = 2_000;
    private static final int MAXIMUM = 4096;

    private final @Nullable InetAddress server;

    private UpstreamDns(@Nullable InetAddress server) {
        this.server = server;
    }

    static UpstreamDns ofThisMachine() {
        try {
            return new UpstreamDns(Files.readAllLines(Path.of("/etc/resolv.conf")).stream()
                    .filter(line -> line.startsWith("nameserver "))
                    .map(line -> line.substring("nameserver ".length()).strip())
                    .filter(address -> !address.contains("%"))
                    .map(InetAddress::ofLiteral)
                    .findFirst()
                    .orElse(null));
        } catch (IOException | IllegalArgumentException e) {
            return new UpstreamDns(null);
        }
    }

    Optional<byte[]> ask(byte[] query) {
        if (server == null) {
            return Optional.empty();
        }
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(server, PORT));
            socket.send(new DatagramPacket(query, query.length));
            DatagramPacket answer = new DatagramPacket(new byte[MAXIMUM], MAXIMUM);
            socket.receive(answer);
            return Optional.of(Arrays.copyOf(answer.getData(), answer.getLength()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
