package io.pagecache.e2e.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Readers who come as fast as they can be let in, each on a connection of its own, and ask for one page. */
final class Crowd {
    private static final int HEAD = 12;
    private static final String GOOD = "HTTP/1.1 200";

    private final InetSocketAddress server;
    private final Duration patience;

    /** @param patience after which those who have no answer count as failed */
    Crowd(InetSocketAddress server, Duration patience) {
        this.server = server;
        this.patience = patience;
    }

    /**
     * @param served answers with status 200 that did not break off
     * @param failed all others
     * @param took from the first connection to the end of the last answer
     */
    record Outcome(int served, int failed, Duration took) {}

    private static final class Reader {
        private final byte[] head = new byte[HEAD];
        private int seen;

        private void read(ByteBuffer bytes) {
            while (bytes.hasRemaining() && seen < HEAD) {
                head[seen++] = bytes.get();
            }
        }

        private boolean isServed() {
            return new String(head, 0, seen, StandardCharsets.ISO_8859_1).equals(GOOD);
        }
    }

    Outcome asks(int readers, String path) throws IOException {
        byte[] request = "GET %s HTTP/1.1\r\nHost: %s:%d\r\nConnection: close\r\n\r\n"
                .formatted(path, server.getHostString(), server.getPort())
                .getBytes(StandardCharsets.ISO_8859_1);
        try (Selector selector = Selector.open()) {
            try {
                long begin = System.nanoTime();
                int asked = 0;
                for (int i = 0; i < readers; i++) {
                    asked += ask(selector, ByteBuffer.wrap(request)) ? 1 : 0;
                }
                int served = hear(selector, asked, begin + patience.toNanos());
                return new Outcome(served, readers - served, Duration.ofNanos(System.nanoTime() - begin));
            } finally {
                for (SelectionKey key : selector.keys()) {
                    key.channel().close();
                }
            }
        }
    }

    /** False when there is no connection to be had. */
    private boolean ask(Selector selector, ByteBuffer request) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.connect(server);
            channel.write(request);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new Reader());
            return true;
        } catch (IOException refused) {
            channel.close();
            return false;
        }
    }

    private static int hear(Selector selector, int asked, long end) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(1 << 16);
        int open = asked;
        int served = 0;
        while (open > 0 && System.nanoTime() < end) {
            selector.select(1000);
            for (SelectionKey key : selector.selectedKeys()) {
                Reader reader = (Reader) key.attachment();
                if (isOver((SocketChannel) key.channel(), reader, bytes)) {
                    key.cancel();
                    key.channel().close();
                    open--;
                    served += reader.isServed() ? 1 : 0;
                }
            }
            selector.selectedKeys().clear();
        }
        return served;
    }

    private static boolean isOver(SocketChannel channel, Reader reader, ByteBuffer bytes) {
        try {
            int length = channel.read(bytes.clear());
            reader.read(bytes.flip());
            return length < 0;
        } catch (IOException brokenOff) {
            reader.seen = 0;
            return true;
        }
    }
}
