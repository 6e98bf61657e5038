package io.pagecache.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.Stage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many who send their requests octet by octet. */
class SlowClientsIT {
    private static final int SLOW_ONES = 400;
    private static final long DRIP_NANOS = 500_000_000L;

    @TempDir
    Path directory;

    @Test
    @Timeout(120)
    @DisplayName("D1: 400 clients with slow heads are closed within ten seconds and cost nobody a reply")
    void shouldCloseSlowHeadsAndServeTheOthers() throws Exception {
        try (Stage stage = new Stage(directory, SamplePlan.plan());
                Crowd slow = new Crowd(stage.proxy.port())) {
            stage.visitor.get("/page");
            int good = 0;

            while (slow.remaining() > 0) {
                slow.drip();
                assertThat(stage.visitor.get("/page").text()).isEqualTo("/page #1");
                good++;
            }

            assertThat(good).isPositive();
            // The front looks once a second; the rest is this machine's other work.
            assertThat(slow.longestNanos()).isLessThan(15_000_000_000L);
        }
    }

    /** Connections that each send one octet of an endless field now and then. */
    private static final class Crowd implements AutoCloseable {
        private final Selector selector = Selector.open();
        private final long[] opened = new long[SLOW_ONES];
        private long dripped = System.nanoTime();
        private long longest;

        Crowd(int port) throws IOException {
            for (int i = 0; i < SLOW_ONES; i++) {
                SocketChannel channel =
                        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                channel.write(ascii("GET /page HTTP/1.1\r\nHost: a\r\nX: "));
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ, i);
                opened[i] = System.nanoTime();
            }
        }

        int remaining() {
            return selector.keys().size();
        }

        /** From opening a connection to its end. */
        long longestNanos() {
            return longest;
        }

        void drip() throws IOException {
            long now = System.nanoTime();
            boolean send = now - dripped > DRIP_NANOS;
            if (send) {
                dripped = now;
                for (SelectionKey key : selector.keys()) {
                    write(key);
                }
            }
            selector.select(20);
            for (SelectionKey key : List.copyOf(selector.selectedKeys())) {
                read(key);
            }
            selector.selectedKeys().clear();
            selector.selectNow();
        }

        private static void write(SelectionKey key) {
            try {
                ((SocketChannel) key.channel()).write(ascii("y"));
            } catch (IOException closedMeanwhile) {
                // The next read sees it.
            }
        }

        private void read(SelectionKey key) throws IOException {
            SocketChannel channel = (SocketChannel) key.channel();
            if (hasEnded(channel)) {
                longest = Math.max(longest, System.nanoTime() - opened[(int) key.attachment()]);
                channel.close();
            }
        }

        private static boolean hasEnded(SocketChannel channel) {
            try {
                return channel.read(ByteBuffer.allocate(4096)) < 0;
            } catch (IOException reset) {
                return true;
            }
        }

        private static ByteBuffer ascii(String text) {
            return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public void close() throws IOException {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        }
    }
}
