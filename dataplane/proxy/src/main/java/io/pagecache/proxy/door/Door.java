package io.pagecache.proxy.door;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.pagecache.proxy.door.DoorCounters.TurnedAway;
import io.pagecache.proxy.h2.FrameGuard;
import io.pagecache.proxy.h2.Http2Shared;
import io.pagecache.proxy.link.Link;
import io.pagecache.proxy.tls.TlsDoor;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way of each connection before any byte of HTTP is read:
 *
 * <pre>
 *   accepted ──too many──► closed
 *      │
 *      ├─ trusted peer: PROXY protocol header ──malformed, late──► closed
 *      │
 *      ├─ TLS port: handshake ──────────────── ALPN ──┬──► HTTP/1
 *      └─ else: preface of HTTP/2 or not ─────────────┴──► HTTP/2, behind a {@link FrameGuard}
 * </pre>
 */
public final class Door {
    private final Supplier<DoorRules> rules;
    private final Http2Shared http2;
    private final Duration patience;
    private final DoorCounters counters = new DoorCounters();

    /**
     * @param rules asked for each connection
     * @param patience for a PROXY protocol header, and for the first bytes where they tell the version of HTTP
     */
    public Door(Supplier<DoorRules> rules, Http2Shared http2, Duration patience) {
        this.rules = rules;
        this.http2 = http2;
        this.patience = patience;
    }

    public DoorCounters counters() {
        return counters;
    }

    /** Whether as good as all connections that may be open are. */
    public boolean isCrowded() {
        return counters.open() > rules.get().maxConnections() * 0.9;
    }

    /** @param tls null for clear text */
    void open(Channel channel, Entrances entrances, @Nullable TlsDoor tls) {
        DoorRules now = rules.get();
        if (!counters.enter(now.maxConnections())) {
            counters.turnAway(TurnedAway.TOO_MANY);
            channel.close();
            return;
        }
        channel.closeFuture().addListener(closed -> counters.leave());
        if (now.mustSendProxyHeader().test(Link.peer(channel))) {
            ChannelPipeline pipeline = channel.pipeline();
            pipeline.addLast(new HAProxyMessageDecoder(true));
            pipeline.addLast(new ProxyHeaderReader(counters, patience, () -> proceed(channel, entrances, tls, now)));
        } else {
            proceed(channel, entrances, tls, now);
        }
    }

    private void proceed(Channel channel, Entrances entrances, @Nullable TlsDoor tls, DoorRules now) {
        if (tls != null) {
            tls.open(channel, now.tlsHttp2(), isHttp2 -> enter(channel, entrances, isHttp2));
        } else if (now.clearTextHttp2()) {
            channel.pipeline()
                    .addLast(new PrefaceReader(counters, patience, isHttp2 -> enter(channel, entrances, isHttp2)));
        } else {
            enter(channel, entrances, false);
        }
    }

    private void enter(Channel channel, Entrances entrances, boolean isHttp2) {
        if (isHttp2) {
            channel.pipeline().addLast(new FrameGuard(http2));
            entrances.http2().accept(channel);
        } else {
            entrances.http1().accept(channel);
        }
    }
}
