package io.pagecache.proxy.front;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.time.Duration;
import java.util.Locale;

/** How long a connection has been doing what it does, looked at once a second by its loop. Times in nanoseconds. */
public final class Deadlines {

    /** What a connection has taken too long for. */
    public enum Overdue {
        NOTHING,
        /** The rest of a request head. */
        HEAD,
        /** A request body, or enough of it. */
        BODY,
        /** A first or another request. */
        REQUEST,
        /** The client does not take its answer. */
        SEND,
        /** The client does not close after the last answer. */
        LINGER;

        /** Metric label. */
        public String token() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final FrontLoop loop;
    private boolean servedBefore;
    private long since;
    private long bodyBytes;
    private long waiting;
    private long progress;
    private long stalledSince;

    Deadlines(FrontLoop loop) {
        this.loop = loop;
        restart();
    }

    /** Something new begins now. */
    void restart() {
        since = loop.now();
        stalledSince = since;
        bodyBytes = 0;
    }

    /** From now on the connection is allowed the longer pause between two requests. */
    void served() {
        servedBefore = true;
    }

    void bodyMoved(int bytes) {
        bodyBytes += bytes;
    }

    boolean isLingerOver() {
        return isOver(loop.limits.linger(), loop.now());
    }

    /** @param inHead whether a part of a head has come */
    Overdue overdue(Channel channel, Phase phase, boolean inHead, long now) {
        if (phase != Phase.ASIDE && phase != Phase.CLOSING && isSendStalled(channel, now)) {
            return Overdue.SEND;
        }
        if (phase == Phase.HEAD && !channel.isWritable()) {
            return Overdue.NOTHING; // it is kept waiting until it takes its answers
        }
        return switch (phase) {
            case HEAD -> {
                Duration limit = inHead ? loop.limits.headTimeout() : loop.idleLimit(servedBefore);
                yield isOver(limit, now) ? inHead ? Overdue.HEAD : Overdue.REQUEST : Overdue.NOTHING;
            }
            case BODY -> isBodyTooSlow(channel.config().isAutoRead(), now) ? Overdue.BODY : Overdue.NOTHING;
            case CLOSING -> isOver(loop.limits.linger(), now) ? Overdue.LINGER : Overdue.NOTHING;
            case ANSWER, ASIDE -> Overdue.NOTHING;
        };
    }

    private boolean isOver(Duration limit, long now) {
        return now - since >= limit.toNanos();
    }

    /** Whether a whole window has brought too little; begins the next window. Time in which nobody reads does not count. */
    private boolean isBodyTooSlow(boolean isRead, long now) {
        if (isRead && !isOver(loop.limits.bodyWindow(), now)) {
            return false;
        }
        boolean slow = isRead && bodyBytes < loop.limits.minBodyBytes();
        since = now;
        bodyBytes = 0;
        return slow;
    }

    /** Whether bytes wait to be sent and the client has taken none for the whole send timeout. */
    private boolean isSendStalled(Channel channel, long now) {
        ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
        long waitingNow = out == null ? 0 : out.totalPendingWriteBytes();
        long progressNow = out == null ? 0 : out.currentProgress();
        if (waitingNow == 0 || waitingNow != waiting || progressNow != progress) {
            waiting = waitingNow;
            progress = progressNow;
            stalledSince = now;
            return false;
        }
        return now - stalledSince >= loop.limits.sendTimeout().toNanos();
    }
}
