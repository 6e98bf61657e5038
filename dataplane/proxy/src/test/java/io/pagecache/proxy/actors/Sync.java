package io.pagecache.proxy.actors;

import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;

/** Waiting in tests. */
public final class Sync {
    private Sync() {}

    public static <T> T get(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
