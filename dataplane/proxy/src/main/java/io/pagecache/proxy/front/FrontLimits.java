package io.pagecache.proxy.front;

import java.time.Duration;

/**
 * What one client may cost. Sizes in bytes.
 *
 * @param maxTarget longest request target; beyond it 414
 * @param maxHead request line and fields together, at least {@code maxTarget}; beyond it 431
 * @param maxFields field lines of a head, and of a trailer section
 * @param maxChunkExtensions all chunk extensions of one body together
 * @param headTimeout from a request's first byte (or the connection's start) to the end of its head; beyond it 408
 * @param bodyWindow in each such window a body that is being read must bring {@code minBodyBytes} or end; else 408
 * @param minBodyBytes see {@code bodyWindow}
 * @param sendTimeout how long an answer may wait for the client to take any byte of it
 * @param idleTimeout between two requests
 * @param linger how long input is discarded after the last answer, so that the client can still read it
 */
public record FrontLimits(
        int maxTarget,
        int maxHead,
        int maxFields,
        int maxChunkExtensions,
        Duration headTimeout,
        Duration bodyWindow,
        int minBodyBytes,
        Duration sendTimeout,
        Duration idleTimeout,
        Duration linger) {

    public static final FrontLimits DEFAULT = new FrontLimits(
            8 * 1024,
            32 * 1024,
            100,
            16 * 1024,
            // looked at once a second: closed within nine, whatever else the loop does within ten
            Duration.ofSeconds(8),
            Duration.ofSeconds(20),
            1024,
            Duration.ofSeconds(60),
            Duration.ofSeconds(75),
            Duration.ofSeconds(2));

    public FrontLimits {
        if (maxTarget < 1 || maxHead < maxTarget || maxFields < 1) {
            throw new IllegalArgumentException("expected 1 <= maxTarget <= maxHead and 1 <= maxFields, got maxTarget="
                    + maxTarget + " maxHead=" + maxHead + " maxFields=" + maxFields);
        }
    }

    public FrontLimits withIdleTimeout(Duration newIdleTimeout) {
        return new FrontLimits(
                maxTarget,
                maxHead,
                maxFields,
                maxChunkExtensions,
                headTimeout,
                bodyWindow,
                minBodyBytes,
                sendTimeout,
                newIdleTimeout,
                linger);
    }
}
