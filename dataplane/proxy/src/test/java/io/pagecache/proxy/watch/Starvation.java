package io.pagecache.proxy.watch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;

/** Notices when the machine gives this process no time, so that nobody is blamed for what the machine did. */
final class Starvation {
    private static final long NAP = Duration.ofMillis(20).toNanos();
    private static final long LATE = Duration.ofMillis(150).toNanos();
    private static final int REMEMBERED = 1000;

    private final Deque<Long> lateAt = new ArrayDeque<>();

    /** Looks from now on, for as long as the process lives. */
    Starvation begin() {
        Thread.ofPlatform().daemon().name("starvation-watch").start(this::watch);
        return this;
    }

    private void watch() {
        while (true) {
            long asleep = System.nanoTime();
            LockSupport.parkNanos(NAP);
            long awake = System.nanoTime();
            if (awake - asleep > NAP + LATE) {
                remember(awake);
            }
        }
    }

    private synchronized void remember(long moment) {
        lateAt.addLast(moment);
        if (lateAt.size() > REMEMBERED) {
            lateAt.removeFirst();
        }
    }

    /** Whether a thread that only wanted to sleep woke up late within this time up to now. */
    synchronized boolean wasWithin(Duration past) {
        Long last = lateAt.peekLast();
        return last != null && System.nanoTime() - last < past.toNanos();
    }
}
