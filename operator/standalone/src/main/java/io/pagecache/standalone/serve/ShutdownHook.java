package io.pagecache.standalone.serve;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Ends the proxy and removes the workspace when this process is told to end. */
final class ShutdownHook implements AutoCloseable {
    private final Thread hook;

    private ShutdownHook(Thread hook) {
        this.hook = hook;
    }

    static ShutdownHook closing(ProxyProcess proxy, Workspace workspace) {
        Thread hook = new Thread(
                () -> {
                    proxy.close();
                    try {
                        workspace.close();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                "shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        return new ShutdownHook(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The shutdown has begun: the hook is at work.
        }
    }
}
