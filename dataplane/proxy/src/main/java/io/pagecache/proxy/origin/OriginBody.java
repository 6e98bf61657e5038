package io.pagecache.proxy.origin;

import io.pagecache.http.Headers;
import io.pagecache.http.Trailers;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.streams.ReadStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Body of an origin's answer. Starts paused; ends either through the end handler, and then it is complete, or through the
 * exception handler. Silence longer than the idle timeout, while bytes are wanted, is a failure. Used on one event loop only.
 */
public final class OriginBody implements ReadStream<Buffer> {
    private final HttpClientResponse response;
    private final Vertx vertx;
    private final long idleNanos;
    private final Runnable onSettled;

    private @Nullable Handler<Buffer> chunkHandler;
    private @Nullable Handler<Void> endHandler;
    private @Nullable Handler<Throwable> exceptionHandler;
    private @Nullable Throwable failure;
    private boolean ended;
    private boolean flowing;
    private long lastActivity = System.nanoTime();
    private long timer;
    private @Nullable Change change;

    /** What is done to the bytes on their way in. */
    public interface Change {
        /** What goes on of this chunk; may hold bytes back. */
        Buffer next(Buffer chunk);

        /** What was held back. */
        Buffer end();
    }

    OriginBody(HttpClientResponse response, Vertx vertx, Duration idle, LongConsumer onBytes, Runnable onSettled) {
        this.response = response;
        this.vertx = vertx;
        this.idleNanos = idle.toNanos();
        this.onSettled = onSettled;
        response.pause();
        response.exceptionHandler(this::fail);
        response.endHandler(v -> end());
        response.handler(chunk -> {
            lastActivity = System.nanoTime();
            onBytes.accept(chunk.length());
            hand(change == null ? chunk : change.next(chunk));
        });
        watch(idleNanos);
    }

    private void hand(Buffer chunk) {
        Handler<Buffer> handler = chunkHandler;
        if (chunk.length() == 0) {
            response.fetch(1); // whoever asked for a chunk has not got it
        } else if (handler != null && failure == null) {
            handler.handle(chunk);
        }
    }

    /** To be said before the first byte is asked for. */
    public void through(Change made) {
        change = made;
    }

    /** Length as the origin announced it, or -1, also where the bytes are changed on their way. */
    public long announcedLength() {
        if (change != null) {
            return -1;
        }
        String length = response.getHeader("content-length");
        if (length == null) {
            return -1;
        }
        try {
            return Long.parseLong(length);
        } catch (NumberFormatException notANumber) {
            return -1;
        }
    }

    /** What came after a chunked body, as far as it may be passed on; complete once the body is over. */
    public Headers trailers() {
        Headers.Builder fields = Headers.builder();
        for (Map.Entry<String, String> field : response.trailers()) {
            fields.add(field.getKey(), field.getValue());
        }
        return Trailers.passable(fields.build());
    }

    /** Gives the rest up and closes the connection, for it cannot be used again. */
    public void abort() {
        if (!ended && failure == null) {
            fail(new IllegalStateException("answer given up"));
            response.request().reset();
        }
    }

    /** Reads and drops what is left. */
    public void discard() {
        handler(chunk -> {});
        resume();
    }

    @Override
    public OriginBody handler(@Nullable Handler<Buffer> handler) {
        chunkHandler = handler;
        return this;
    }

    @Override
    public OriginBody endHandler(@Nullable Handler<Void> handler) {
        endHandler = handler;
        if (ended && handler != null) {
            handler.handle(null);
        }
        return this;
    }

    @Override
    public OriginBody exceptionHandler(@Nullable Handler<Throwable> handler) {
        exceptionHandler = handler;
        if (failure != null && handler != null) {
            handler.handle(failure);
        }
        return this;
    }

    @Override
    public OriginBody pause() {
        flowing = false;
        response.pause();
        return this;
    }

    @Override
    public OriginBody resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public OriginBody fetch(long amount) {
        flowing = true;
        lastActivity = System.nanoTime();
        response.fetch(amount);
        return this;
    }

    private void end() {
        if (failure == null && !ended) {
            ended = true;
            settle();
            Buffer rest = change == null ? Buffer.buffer() : change.end();
            if (rest.length() > 0) {
                hand(rest);
            }
            if (endHandler != null) {
                endHandler.handle(null);
            }
        }
    }

    private void fail(Throwable cause) {
        if (failure == null && !ended) {
            failure = cause;
            settle();
            if (exceptionHandler != null) {
                exceptionHandler.handle(cause);
            }
        }
    }

    private void settle() {
        vertx.cancelTimer(timer);
        onSettled.run();
    }

    private void watch(long nanos) {
        timer = vertx.setTimer(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)), fired -> {
            long silent = System.nanoTime() - lastActivity;
            if (!flowing) {
                watch(idleNanos);
            } else if (silent < idleNanos) {
                watch(idleNanos - silent);
            } else {
                abort();
            }
        });
    }
}
