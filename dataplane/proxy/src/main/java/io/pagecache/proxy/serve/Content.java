package io.pagecache.proxy.serve;

import io.pagecache.http.Body;
import io.pagecache.http.Headers;
import io.pagecache.proxy.origin.OriginBody;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.streams.ReadStream;
import java.util.List;
import java.util.function.Supplier;

/** What follows the head of a reply. */
public sealed interface Content {

    /** Nothing: the reply to a HEAD, a 304 or another status without content. */
    record Absent() implements Content {}

    /** @param length bytes of all pieces together */
    record Whole(List<Body> pieces, long length) implements Content {
        public Whole(Body body) {
            this(List.of(body), body.length());
        }
    }

    /**
     * Bytes still on their way, paused until they are wanted. If they break off, the client must notice.
     *
     * @param length announced length, or -1
     * @param abandon told when the client has left
     * @param trailers fields after the last byte, asked for once that is out
     */
    record Streamed(ReadStream<Buffer> bytes, long length, Runnable abandon, Supplier<Headers> trailers)
            implements Content {

        /** An answer that goes on as it comes. One without a body leaves its connection to the origin in good order. */
        static Streamed of(OriginBody body, boolean headOnly, int status) {
            boolean empty = headOnly || status == 204 || status == 304;
            return new Streamed(body, body.announcedLength(), empty ? body::discard : body::abort, body::trailers);
        }
    }

    /** No HTTP any more: both sides are joined. */
    record Switched(NetSocket origin) implements Content {}
}
