package io.pagecache.e2e.network;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The cluster's name server: answers address queries for Services, and passes every other query on to the machine's own name
 * server. A file of hosts would not do: Vert.x reads it once, and headless Services change with their pods.
 */
public final class ClusterDns implements AutoCloseable {
    private static final int PORT = 53;
    private static final int HEADER = 12;
    private static final int MAXIMUM = 4096;
    private static final int TYPE_A = 1;
    private static final int RESPONSE_AUTHORITATIVE = 0x8580;
    private static final int RESPONSE_FAILED = 0x8182;
    private static final int NO_SUCH_NAME = 3;
    private static final int TIME_TO_LIVE = 1;

    private final DatagramSocket socket;
    private final NameTable names;
    private final UpstreamDns upstream = UpstreamDns.ofThisMachine();

    private ClusterDns(DatagramSocket socket, NameTable names) {
        this.socket = socket;
        this.names = names;
    }

    /** Starts on port 53 of this address; empty where that port is closed to us (an ordinary user). */
    public static Optional<ClusterDns> start(InetAddress address, NameTable names) {
        try {
            ClusterDns dns = new ClusterDns(new DatagramSocket(PORT, address), names);
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
            byte[] answer = answer(message);
            socket.send(new DatagramPacket(answer, answer.length, query.getSocketAddress()));
        } catch (IOException | RuntimeException e) {
            // A malformed query or a client that has gone: no answer, as any name server does.
            return;
        }
    }

    byte[] answer(byte[] message) throws IOException {
        ByteBuffer query = ByteBuffer.wrap(message);
        query.position(HEADER);
        String name = readName(query);
        int type = query.getShort();
        int endOfQuestion = query.position() + 2;
        Optional<List<InetAddress>> known = names.addressesOf(name);
        if (known.isPresent()) {
            return reply(message, endOfQuestion, type, known.get());
        }
        return upstream.ask(message).orElseGet(() -> header(message, endOfQuestion, RESPONSE_FAILED, 0));
    }

    private static String readName(ByteBuffer query) {
        StringBuilder name = new StringBuilder();
        for (int length = query.get(); length > 0; length = query.get()) {
            byte[] label = new byte[length];
            query.get(label);
            name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
        }
        return name.toString().toLowerCase(Locale.ROOT);
    }

    private static byte[] reply(byte[] message, int endOfQuestion, int type, List<InetAddress> addresses)
            throws IOException {
        List<InetAddress> answers = type == TYPE_A ? addresses : List.of();
        int flags = RESPONSE_AUTHORITATIVE | (addresses.isEmpty() ? NO_SUCH_NAME : 0);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(header(message, endOfQuestion, flags, answers.size()));
        for (InetAddress address : answers) {
            out.writeShort(0xC000 | HEADER); // the name: a pointer to the question
            out.writeShort(TYPE_A);
            out.writeShort(1); // class: internet
            out.writeInt(TIME_TO_LIVE);
            out.writeShort(address.getAddress().length);
            out.write(address.getAddress());
        }
        return bytes.toByteArray();
    }

    /** The question sent back, with these flags; additional records of the query (EDNS) are left out. */
    private static byte[] header(byte[] message, int endOfQuestion, int flags, int answers) {
        ByteBuffer header = ByteBuffer.wrap(Arrays.copyOf(message, endOfQuestion));
        header.putShort(2, (short) flags);
        header.putShort(4, (short) 1);
        header.putShort(6, (short) answers);
        header.putInt(8, 0);
        return header.array();
    }

    @Override
    public void close() {
        socket.close();
    }
}
