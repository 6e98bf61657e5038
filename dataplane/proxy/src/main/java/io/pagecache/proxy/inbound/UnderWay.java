package io.pagecache.proxy.inbound;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the requests between head and end, and knows when the process is leaving. */
public final class UnderWay {
    private final AtomicInteger requests = new AtomicInteger();
    private final Promise<Void> idle = Promise.promise();
    private volatile boolean leaving;

    void begin() {
        requests.incrementAndGet();
    }

    void end() {
        if (requests.decrementAndGet() == 0 && leaving) {
            idle.tryComplete();
        }
    }

    public int count() {
        return requests.get();
    }

    /** From now on connections end with their current request. */
    public boolean isLeaving() {
        return leaving;
    }

    /** Starts leaving; the future completes when the last request is over. */
    public Future<Void> leave() {
        leaving = true;
        if (requests.get() == 0) {
            idle.tryComplete();
        }
        return idle.future();
    }
}
