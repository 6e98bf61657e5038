package io.pagecache.wiki;

import io.pagecache.wiki.web.WikiRouter;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.TimeUnit;

/** The running site. Everything it knows is in memory: a restart brings the seed articles back. */
public final class Wiki implements AutoCloseable {
    private static final int LONGEST_FORM = 128 * 1024;
    private static final int START_TIMEOUT_SECONDS = 20;

    private final Vertx vertx;
    private final String host;
    private final int port;

    private Wiki(Vertx vertx, String host, int port) {
        this.vertx = vertx;
        this.host = host;
        this.port = port;
    }

    /** Returns when the address is bound; throws {@link WikiStartException} when it cannot be. */
    public static Wiki start(WikiOptions options, Clock clock) {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(2)
                // The site reads no files at run time; without these, start-up creates a cache folder.
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
        WikiRouter router = new WikiRouter(vertx, clock, options.slowBuild(), options.allowFaults());
        try {
            HttpServer server = vertx.createHttpServer(new HttpServerOptions()
                            .setHttp2ClearTextEnabled(false)
                            .setMaxFormAttributeSize(LONGEST_FORM)
                            .setMaxFormBufferedBytes(LONGEST_FORM))
                    .requestHandler(router)
                    .listen(options.port(), options.host())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(START_TIMEOUT_SECONDS, TimeUnit.SECONDS);
            return new Wiki(vertx, options.host(), server.actualPort());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            vertx.close();
            throw new WikiStartException("interrupted while starting", interrupted);
        } catch (Exception failed) {
            vertx.close();
            throw new WikiStartException(
                    "cannot listen on %s port %d: %s".formatted(options.host(), options.port(), failed.getMessage()),
                    failed);
        }
    }

    public int port() {
        return port;
    }

    public URI url() {
        return URI.create("http://%s:%d/".formatted(host.contains(":") ? "[" + host + "]" : host, port));
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
