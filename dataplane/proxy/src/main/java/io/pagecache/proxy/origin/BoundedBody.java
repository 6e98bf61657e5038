package io.pagecache.proxy.origin;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A body of unknown length that fails once it is larger than allowed. */
public final class BoundedBody implements ReadStream<Buffer> {

    /** The body is larger than allowed. */
    static final class TooLarge extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        TooLarge() {
            super("the request's body is larger than allowed", null, false, false);
        }
    }

    private final ReadStream<Buffer> source;
    private long left;
    private @Nullable Handler<Throwable> exceptionHandler;

    public BoundedBody(ReadStream<Buffer> source, long most) {
        this.source = source;
        this.left = most;
    }

    @Override
    public BoundedBody handler(@Nullable Handler<Buffer> handler) {
        source.handler(handler == null ? null : chunk -> take(chunk, handler));
        return this;
    }

    private void take(Buffer chunk, Handler<Buffer> handler) {
        boolean within = left >= 0;
        left -= chunk.length();
        if (left >= 0) {
            handler.handle(chunk);
        } else if (within && exceptionHandler != null) {
            exceptionHandler.handle(new TooLarge());
        }
    }

    @Override
    public BoundedBody exceptionHandler(@Nullable Handler<Throwable> handler) {
        exceptionHandler = handler;
        source.exceptionHandler(handler);
        return this;
    }

    @Override
    public BoundedBody endHandler(@Nullable Handler<Void> handler) {
        source.endHandler(
                handler == null
                        ? null
                        : over -> {
                            if (left >= 0) {
                                handler.handle(over);
                            }
                        });
        return this;
    }

    @Override
    public BoundedBody pause() {
        source.pause();
        return this;
    }

    @Override
    public BoundedBody resume() {
        source.resume();
        return this;
    }

    @Override
    public BoundedBody fetch(long amount) {
        source.fetch(amount);
        return this;
    }
}
