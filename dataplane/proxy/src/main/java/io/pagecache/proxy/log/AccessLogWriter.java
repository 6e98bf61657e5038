package io.pagecache.proxy.log;

import io.pagecache.plan.AccessLog;
import io.pagecache.proxy.metrics.FinishedRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the access log on a thread of its own. A reader of the log that does not keep up costs log lines, never a request:
 * what does not fit into the queue is dropped and counted.
 */
public final class AccessLogWriter implements AutoCloseable {
    private static final int QUEUE = 8192;

    private final BlockingQueue<FinishedRequest> queue = new ArrayBlockingQueue<>(QUEUE);
    private final LongAdder dropped = new LongAdder();
    private final OutputStream sink;
    private final DoubleSupplier dice;
    private volatile boolean closed;
    private @Nullable Thread writer;

    /** @param dice yields 0.0 (inclusive) to 1.0 (exclusive) for sampling */
    public AccessLogWriter(OutputStream sink, DoubleSupplier dice) {
        this.sink = sink;
        this.dice = dice;
    }

    public AccessLogWriter start() {
        writer = Thread.ofPlatform().daemon().name("access-log").start(this::write);
        return this;
    }

    public void log(AccessLog wanted, FinishedRequest request) {
        if (chooses(wanted) && !queue.offer(request)) {
            dropped.increment();
        }
    }

    /** Whether the next request is to be logged; with sampling, asked once for each. */
    public boolean chooses(AccessLog wanted) {
        return switch (wanted.mode()) {
            case OFF -> false;
            case ALL -> true;
            case SAMPLED -> dice.getAsDouble() < wanted.rate();
        };
    }

    /** Lines that were lost because the log was not read fast enough. */
    public long dropped() {
        return dropped.sum();
    }

    private void write() {
        try {
            while (!closed || !queue.isEmpty()) {
                FinishedRequest next = queue.poll(200, TimeUnit.MILLISECONDS);
                if (next != null) {
                    writeBurst(next);
                }
            }
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeBurst(FinishedRequest first) {
        StringBuilder burst = new StringBuilder();
        FinishedRequest next = first;
        for (int lines = 0; next != null && lines < 256; lines++) {
            burst.append(AccessLogLine.of(next));
            next = queue.poll();
        }
        if (next != null) {
            burst.append(AccessLogLine.of(next));
        }
        try {
            sink.write(burst.toString().getBytes(StandardCharsets.UTF_8));
            sink.flush();
        } catch (IOException sinkIsGone) {
            dropped.increment();
        }
    }

    /** Writes out what is queued, for at most a second. */
    @Override
    public void close() throws InterruptedException {
        closed = true;
        if (writer != null) {
            writer.join(1000);
        }
    }
}
