package io.pagecache.proxy.door;

import io.netty.channel.Channel;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The socket that accepts a port's connections, known from the first connection on. Vert.x can only close it together with all
 * connections that came through it.
 */
public final class ListeningSocket {
    private final AtomicReference<@Nullable Channel> channel = new AtomicReference<>();

    void accepted(Channel connection) {
        if (channel.get() == null) {
            channel.compareAndSet(null, connection.parent());
        }
    }

    /** From now on the operating system refuses new connections; those that are open stay. */
    public void close() {
        Channel known = channel.get();
        if (known != null) {
            known.close();
        }
    }
}
