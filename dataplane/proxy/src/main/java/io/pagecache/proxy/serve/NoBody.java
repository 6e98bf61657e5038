package io.pagecache.proxy.serve;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/** The body of a request that has none: ends as soon as somebody listens. */
public final class NoBody implements ReadStream<Buffer> {
    public static final NoBody INSTANCE = new NoBody();

    private NoBody() {}

    @Override
    public NoBody exceptionHandler(@Nullable Handler<Throwable> handler) {
        return this;
    }

    @Override
    public NoBody handler(@Nullable Handler<Buffer> handler) {
        return this;
    }

    @Override
    public NoBody pause() {
        return this;
    }

    @Override
    public NoBody resume() {
        return this;
    }

    @Override
    public NoBody fetch(long amount) {
        return this;
    }

    @Override
    public NoBody endHandler(@Nullable Handler<Void> handler) {
        if (handler != null) {
            handler.handle(null);
        }
        return this;
    }
}
