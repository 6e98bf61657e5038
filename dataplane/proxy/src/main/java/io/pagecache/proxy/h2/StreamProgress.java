package io.pagecache.proxy.h2;

import io.pagecache.proxy.h2.Http2Counters.Stalled;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether one stream moves. Looked at once a second; times in nanoseconds. */
final class StreamProgress {

    /**
     * @param sendTimeout in each such window a client must take {@code minBytes} of an answer that waits for it
     * @param bodyWindow in each such window a request body that is being read must bring {@code minBytes} or end
     */
    record Pace(Duration sendTimeout, Duration bodyWindow, int minBytes) {}

    private long sent;
    private long received;
    private long sendingSince;
    private long readingSince;
    private boolean sending;
    private boolean reading;

    void sent(int bytes) {
        sent += bytes;
    }

    void received(int bytes) {
        received += bytes;
    }

    /**
     * @param isSendWaiting whether bytes wait for the client to take them
     * @param isBodyAwaited whether the request is not over and what came of it has been read
     * @return what has stalled, or null
     */
    @Nullable
    Stalled look(boolean isSendWaiting, boolean isBodyAwaited, Pace pace, long now) {
        if (isSendWaiting != sending) {
            sending = isSendWaiting;
            beginSending(now);
        } else if (sending && now - sendingSince >= pace.sendTimeout().toNanos()) {
            if (sent < pace.minBytes()) {
                return Stalled.SEND;
            }
            beginSending(now);
        }
        if (isBodyAwaited != reading) {
            reading = isBodyAwaited;
            beginReading(now);
        } else if (reading && now - readingSince >= pace.bodyWindow().toNanos()) {
            if (received < pace.minBytes()) {
                return Stalled.BODY;
            }
            beginReading(now);
        }
        return null;
    }

    private void beginSending(long now) {
        sendingSince = now;
        sent = 0;
    }

    private void beginReading(long now) {
        readingSince = now;
        received = 0;
    }
}
