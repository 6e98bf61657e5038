package io.pagecache.proxy.link;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.InetSocketAddress;
import java.util.function.Predicate;

/** What the door found out about a connection, for those behind it. */
public final class Link {
    /** Connections in clear text. */
    public static final int CLEAR_TEXT = 0;

    private static final AttributeKey<String> PEER = AttributeKey.valueOf(Link.class, "peer");
    private static final AttributeKey<Certified> CERTIFIED = AttributeKey.valueOf(Link.class, "certified");

    /**
     * Which certificate a connection was opened with.
     *
     * @param id more than 0, of this certificate only
     * @param covers whether it is valid for a host name
     */
    public record Certified(int id, Predicate<String> covers) {}

    private Link() {}

    /** Literal address of the other end: of the client that a PROXY protocol header names, else of the socket. */
    public static String peer(Channel channel) {
        String told = channel.attr(PEER).get();
        if (told != null) {
            return told;
        }
        return channel.remoteAddress() instanceof InetSocketAddress peer && peer.getAddress() != null
                ? peer.getAddress().getHostAddress()
                : "";
    }

    public static void setPeer(Channel channel, String address) {
        channel.attr(PEER).set(address);
    }

    public static void setCertified(Channel channel, Certified by) {
        channel.attr(CERTIFIED).set(by);
    }

    /** {@link #CLEAR_TEXT}, or the id of the certificate. */
    public static int certificate(Channel channel) {
        Certified by = channel.attr(CERTIFIED).get();
        return by == null ? CLEAR_TEXT : by.id();
    }

    /** Whether requests for this host may come over the connection (RFC 9110 section 7.4): in clear text all may. */
    public static boolean covers(HttpConnection connection, String host) {
        if (!(connection instanceof ConnectionBase base)) {
            return true;
        }
        Certified by = base.channel().attr(CERTIFIED).get();
        return by == null || by.covers().test(host);
    }
}
