package io.pagecache.e2e.network;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Answers to name queries, byte for byte (RFC 1035): addresses from the table, all else from the machine's name server. */
final class DnsAnswers {
    private static final int HEADER = 12;
    private static final int TYPE_A = 1;
    private static final int RESPONSE_AUTHORITATIVE = 0x8580;
    private static final int RESPONSE_FAILED = 0x8182;
    private static final int NO_SUCH_NAME = 3;
    private static final int TIME_TO_LIVE = 1;

    private final NameTable names;
    private final UpstreamDns upstream = UpstreamDns.ofThisMachine();

    DnsAnswers(NameTable names) {
        this.names = names;
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
}
