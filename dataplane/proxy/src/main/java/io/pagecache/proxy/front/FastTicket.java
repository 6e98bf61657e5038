package io.pagecache.proxy.front;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The full chain's word that the answer it is about to write may be repeated, octet for octet, to requests of the same form.
 *
 * @param plan identity of the plan it was made under
 * @param untilMillis end of its life in milliseconds since the epoch: from then on a field of it would be wrong
 * @param stands whether the store still holds its page, neither purged nor replaced; asked for each repetition
 * @param hits told of each repetition
 */
public record FastTicket(Object plan, long untilMillis, BooleanSupplier stands, Hits hits) {
    static final AttributeKey<FastTicket> ATTRIBUTE = AttributeKey.valueOf(FastTicket.class, "offered");

    /** Counts repetitions. Called on the connection's event loop. */
    public interface Hits {

        /** One more repetition of this many octets of body. */
        void repeated(long bodyBytes);

        /**
         * Who gets a repetition: told for the first on a connection, and whenever another client speaks through it.
         *
         * @param peer literal address of the connection's other end
         * @param forwardedFor what a trusted peer says of the client; null where it says nothing
         */
        void visitor(String peer, @Nullable String forwardedFor);

        /** Whether this request shall be logged, asked once for each: then it takes the whole way instead. */
        boolean wantsLog();
    }

    private static final AttributeKey<Boolean> CHOSEN = AttributeKey.valueOf(FastTicket.class, "chosen for the log");

    static void chooseForLog(Channel channel) {
        channel.attr(CHOSEN).set(true);
    }

    /** Whether the request that now arrives takes the whole way because it was chosen for the log. Asked once. */
    public static boolean isChosenForLog(HttpConnection connection) {
        return connection instanceof ConnectionBase base
                && base.channel().attr(CHOSEN).getAndSet(null) != null;
    }

    /** For an answer over HTTP/1: to be called on the connection's event loop right before the answer is written. */
    public void offer(HttpConnection connection) {
        ((ConnectionBase) connection).channel().attr(ATTRIBUTE).set(this);
    }

    /**
     * The same for an answer over HTTP/2.
     *
     * @param head all of its fields, in lower case, with {@code :status}; not changed afterwards
     * @param body its octets; read, not released
     */
    public void offer(HttpConnection connection, int stream, Http2Headers head, ByteBuf body) {
        StreamLane.offer(((ConnectionBase) connection).channel(), stream, this, head, body);
    }
}
