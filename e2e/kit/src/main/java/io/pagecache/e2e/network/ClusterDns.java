package io.pagecache.e2e.network;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/**
 * The cluster's name server: answers address queries for Services, and passes every other query on to the machine's own name
 * server. A file of hosts would not do: Vert.x reads it once, and headless Services change with their pods.
 */
public final class ClusterDns implements AutoCloseable {
    private static final int PORT = 53;
    private static final int MAXIMUM = 4096;

    private final DatagramSocket socket;
    private final DnsAnswers answers;

    private ClusterDns(DatagramSocket socket, DnsAnswers answers) {
        this.socket = socket;
        this.answers = answers;
    }

    /** Starts on port 53 of this address; empty where that port is closed to us (an ordinary user). */
    public static Optional<ClusterDns> start(InetAddress address, NameTable names) {
        try {
            ClusterDns dns = new ClusterDns(new DatagramSocket(PORT, address), new DnsAnswers(names));
            Thread.ofVirtual().name("cluster-dns").start(dns::serve);
            return Optional.of(dns);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void serve() {
        while (!socket.isClosed()) {
            DatagramPacket query = new DatagramPacket(new byte[MAXIMUM], MAXIMUM);
            try {
                socket.receive(query);
            } catch (IOException e) {
                continue; // closed, or a client that has gone
            }
            Thread.startVirtualThread(() -> reply(query));
        }
    }

    private void reply(DatagramPacket query) {
        byte[] message = Arrays.copyOf(query.getData(), query.getLength());
        try {
            byte[] answer = answers.answer(message);
            socket.send(new DatagramPacket(answer, answer.length, query.getSocketAddress()));
        } catch (IOException | RuntimeException e) {
            // A malformed query or a client that has gone: no answer, as any name server does.
            return;
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
