package io.pagecache.proxy.front;

import io.netty.channel.Channel;
import io.pagecache.proxy.link.Link;
import org.jspecify.annotations.Nullable;

/** Who speaks through one connection, as far as the fast path must know. */
final class FastPeer {
    /** What is left of a class when the certificate is taken from it. */
    private static final int OF_ADDRESS = 0xff;

    private @Nullable FastPlan plan;
    private int peerClass;

    /** Hash of what told the last visitor on this connection; 0 before the first. */
    private int visitor;

    /**
     * Requests of two classes never share an answer. Clear text, and each certificate, are classes of their own: scheme and host
     * may be served on one and not on another. Negative when requests must take the whole way.
     */
    int classUnder(FastPlan inForce, Channel channel) {
        if (inForce != plan) {
            plan = inForce;
            int ofAddress = inForce.peers().applyAsInt(Link.peer(channel));
            peerClass = ofAddress < 0 ? ofAddress : Link.certificate(channel) << Byte.SIZE | ofAddress;
        }
        return peerClass;
    }

    /** Peers that are not trusted are the client themselves, whatever they forward. To be asked after {@link #classUnder}. */
    boolean speaksForOthers() {
        return (peerClass & OF_ADDRESS) != 0;
    }

    /** Whether this is another visitor than the last on the connection. */
    boolean isAnother(int told) {
        boolean another = told != visitor;
        visitor = told;
        return another;
    }
}
