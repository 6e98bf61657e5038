package io.pagecache.standalone.serve;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The proxy as a child that shares our terminal. */
final class ProxyProcess implements AutoCloseable {
    /** As long as a pod gets: the proxy drains its requests in this time. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final Process process;

    private ProxyProcess(Process process) {
        this.process = process;
    }

    static ProxyProcess start(ServeOptions options, Workspace workspace) throws IOException {
        return start(new ProcessBuilder(options.proxyCommand()).inheritIO(), options, workspace);
    }

    /** The same for one that nobody listens to: what it says goes to the file. */
    static ProxyProcess quiet(ServeOptions options, Workspace workspace, File log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(options.proxyCommand());
        return start(builder.redirectErrorStream(true).redirectOutput(log), options, workspace);
    }

    private static ProxyProcess start(ProcessBuilder builder, ServeOptions options, Workspace workspace)
            throws IOException {
        builder.environment()
                .putAll(Map.of(
                        "PAGECACHE_PLAN_DIR", workspace.plan().path().toString(),
                        "PAGECACHE_MANAGEMENT_TOKEN_FILE", workspace.tokenFile().toString(),
                        "PAGECACHE_HTTP_HOST", options.listen().host(),
                        "PAGECACHE_HTTP_PORT", Integer.toString(options.listen().port()),
                        "PAGECACHE_MANAGEMENT_HOST", options.management().host(),
                        "PAGECACHE_MANAGEMENT_PORT",
                                Integer.toString(options.management().port()),
                        "PAGECACHE_AUTHORS_GRACE", "0s", // there is no operator to wait for
                        "PAGECACHE_POD_NAME", "standalone"));
        builder.environment().putAll(options.references().environment());
        TlsFiles tls = options.tls();
        if (tls != null) {
            builder.environment()
                    .putAll(Map.of(
                            "PAGECACHE_TLS_DIR", workspace.certificates(tls).toString(),
                            "PAGECACHE_TLS_PORT", Integer.toString(tls.port())));
        }
        return new ProxyProcess(builder.start());
    }

    /** Waits for its end; the exit code. */
    int waitFor() throws InterruptedException {
        return process.waitFor();
    }

    /** Whether it ended within this time. */
    boolean endsWithin(Duration time) throws InterruptedException {
        return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Asks it to drain and end, and ends it when it does not. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
