package io.pagecache.proxy.serve;

import io.pagecache.proxy.collect.CollectingMemory;
import io.pagecache.proxy.origin.OriginBody;
import io.pagecache.status.Reason;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects an answer for the store while a client may read it.
 *
 * <p>As long as it is being collected the origin is read at its own pace, however slow the client is: what the client has not
 * taken yet is in memory anyway, once. When the body outgrows the limit, collecting ends: from then on only what the client has
 * not taken is held, and the origin is read at the client's pace. A client that leaves does not stop the collecting; after it, it
 * stops the fetch.
 *
 * <p>The end of a small body is held back until it is {@linkplain #release released}: once it is known what became of the page. So
 * whoever has a page in full finds it in the store when it asks again.
 *
 * <p>Used on one event loop only.
 */
final class CollectedBody implements ReadStream<Buffer> {

    /** Why there is no whole body. */
    static final class NotCollected extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final transient Reason reason;

        NotCollected(Reason reason) {
            super(reason.token(), null, false, false);
            this.reason = reason;
        }

        Reason reason() {
            return reason;
        }
    }

    /** Storing a body of this size takes a millisecond or two; the ends of larger ones are not held back. */
    private static final long SMALL = 64 * 1024;

    private final OriginBody source;
    private final long limit;
    private final CollectingMemory memory;
    private final long announced;
    private final Promise<Buffer> whole = Promise.promise();
    private final List<Buffer> chunks = new ArrayList<>();
    private int delivered;
    private long total;
    private long held;
    private boolean collecting = true;
    private boolean wanted;
    private boolean abandoned;
    private boolean sourceEnded;
    private boolean finished;
    private boolean released;
    private @Nullable Throwable failure;

    private @Nullable Handler<Buffer> chunkHandler;
    private @Nullable Handler<Void> endHandler;
    private @Nullable Handler<Throwable> exceptionHandler;

    /** @param limit bytes up to which the body is collected */
    CollectedBody(OriginBody source, long limit, CollectingMemory memory) {
        this.source = source;
        this.limit = limit;
        this.memory = memory;
        this.announced = source.announcedLength();
        source.exceptionHandler(this::broken);
        source.endHandler(v -> ended());
        source.handler(this::arrived);
    }

    /** The whole body once it is there, or failed with {@link NotCollected}. */
    Future<Buffer> start() {
        source.resume();
        return whole.future();
    }

    private void arrived(Buffer chunk) {
        chunks.add(chunk);
        total += chunk.length();
        if (collecting && total > limit) {
            giveUp(Reason.TOO_LARGE);
        } else if (collecting && !memory.take(chunk.length())) {
            giveUp(Reason.OUT_OF_BUDGET);
        } else if (collecting) {
            held += chunk.length();
        }
        deliver();
    }

    private void giveUp(Reason why) {
        collecting = false;
        if (abandoned) {
            source.abort();
            forget();
        }
        whole.tryFail(new NotCollected(why));
    }

    /** Nobody will ask for what is left. */
    private void forget() {
        chunks.clear();
        delivered = 0;
        keep(0);
    }

    private void keep(long bytes) {
        if (held > bytes) {
            memory.give(held - bytes);
            held = bytes;
        }
    }

    private void ended() {
        sourceEnded = true;
        if (collecting) {
            Buffer body = Buffer.buffer((int) total);
            chunks.forEach(body::appendBuffer);
            whole.tryComplete(body);
        }
        if (abandoned) {
            forget();
        }
        deliver();
    }

    private void broken(Throwable cause) {
        failure = cause;
        whole.tryFail(new NotCollected(Reason.INCOMPLETE));
        if (abandoned) {
            forget();
        }
        deliver();
    }

    /** The client has left. */
    void abandon() {
        abandoned = true;
        wanted = false;
        if (!collecting) {
            source.abort();
        }
        if (!collecting || sourceEnded || failure != null) {
            forget();
        }
    }

    /** It is known what became of the page. */
    void release() {
        released = true;
        deliver();
    }

    private boolean holdsBack() {
        boolean complete = sourceEnded || total == announced;
        return complete && collecting && !released && failure == null && total <= SMALL;
    }

    private void deliver() {
        boolean holdsBack = holdsBack();
        int sendable = holdsBack ? chunks.size() - 1 : chunks.size();
        while (wanted && delivered < sendable && chunkHandler != null) {
            chunkHandler.handle(chunks.get(delivered++));
        }
        boolean taken = delivered == chunks.size();
        if (!collecting) {
            chunks.subList(0, delivered).clear();
            delivered = 0;
            keep(waiting());
            keepClientsPace(taken);
        }
        if (taken && wanted && !finished && !holdsBack) {
            finish();
        }
    }

    private long waiting() {
        long bytes = 0;
        for (Buffer chunk : chunks) {
            bytes += chunk.length();
        }
        return bytes;
    }

    private void keepClientsPace(boolean taken) {
        if (sourceEnded || failure != null) {
            return;
        }
        if (taken && wanted) {
            source.resume();
        } else {
            source.pause();
        }
    }

    private void finish() {
        if (failure != null) {
            finished = true;
            if (exceptionHandler != null) {
                exceptionHandler.handle(failure);
            }
        } else if (sourceEnded) {
            finished = true;
            if (endHandler != null) {
                endHandler.handle(null);
            }
        }
        if (finished) {
            forget();
        }
    }

    @Override
    public CollectedBody handler(@Nullable Handler<Buffer> handler) {
        chunkHandler = handler;
        return this;
    }

    @Override
    public CollectedBody endHandler(@Nullable Handler<Void> handler) {
        endHandler = handler;
        return this;
    }

    @Override
    public CollectedBody exceptionHandler(@Nullable Handler<Throwable> handler) {
        exceptionHandler = handler;
        return this;
    }

    @Override
    public CollectedBody pause() {
        wanted = false;
        return this;
    }

    @Override
    public CollectedBody resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public CollectedBody fetch(long amount) {
        wanted = !abandoned;
        deliver();
        return this;
    }
}
