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

/** Readers who all have a connection open and then all ask at once, each for one page. */
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
     * @param served complete answers with status 200
     * @param failed all others
     * @param took from the first request to the end of the last answer
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
                for (int i = 0; i < readers; i++) {
                    connect(selector);
                }
                long begin = System.nanoTime();
                int asked = ask(selector, ByteBuffer.wrap(request));
                int served = hear(selector, asked, begin + patience.toNanos());
                return new Outcome(served, readers - served, Duration.ofNanos(System.nanoTime() - begin));
            } finally {
                for (SelectionKey key : selector.keys()) {
                    key.channel().close();
                }
            }
        }
    }

    private void connect(Selector selector) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.connect(server);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, new Reader());
    }

    private static int ask(Selector selector, ByteBuffer request) {
        int asked = 0;
        for (SelectionKey key : selector.keys()) {
            try {
                ((SocketChannel) key.channel()).write(request.duplicate());
                asked++;
            } catch (IOException refused) {
                key.cancel();
            }
        }
        return asked;
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
