package io.pagecache.proxy.inbound;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.pagecache.http.Body;
import io.pagecache.proxy.h2.Http2Request;
import io.pagecache.proxy.origin.Interim;
import io.pagecache.proxy.serve.Content;
import io.pagecache.proxy.serve.Reply;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.ConnectionBase;
import java.nio.ByteBuffer;
import java.util.List;

/** From a reply to the wire. Framing is decided here and nowhere else. */
final class ResponseWriter {
    private ResponseWriter() {}

    /** @param close whether the connection ends with this reply */
    static void write(HttpServerRequest request, Reply reply, boolean close) {
        HttpServerResponse response = request.response();
        if (response.closed() || response.ended()) {
            abandon(reply.content());
            return;
        }
        response.setStatusCode(reply.status());
        reply.headers().forEach((name, value) -> response.headers().add(name, value));
        if (Http2Request.is(request)) {
            if (close) {
                response.bodyEndHandler(written -> endStream(request));
            }
        } else if (close) {
            response.putHeader("Connection", "close");
        }
        switch (reply.content()) {
            case Content.Absent absent -> response.end();
            case Content.Whole(var pieces, var length) -> {
                response.putHeader("Content-Length", Long.toString(length));
                response.end(buffer(pieces));
            }
            case Content.Streamed streamed -> stream(request, response, streamed);
            case Content.Switched(var origin) -> join(request, origin);
        }
    }

    /** Other streams of the connection go on: only what is left of this one's request is stopped. */
    private static void endStream(HttpServerRequest request) {
        if (Http2Request.hasBody(request)) {
            Http2Request.stopBody(request);
        }
    }

    /**
     * Passes an interim answer on while nothing of the final one is out. Not to HTTP/1.0 clients, who would take it for the final one
     * (RFC 9110 section 15.2).
     */
    static void write(HttpServerRequest request, Interim interim) {
        HttpServerResponse response = request.response();
        if (request.version() == HttpVersion.HTTP_1_0 || response.headWritten() || response.closed()) {
            return;
        }
        if (request.version() == HttpVersion.HTTP_1_1) {
            HttpHeaders fields = new DefaultHttpHeaders();
            interim.headers().forEach(fields::add);
            ((ConnectionBase) request.connection())
                    .writeToChannel(new DefaultFullHttpResponse(
                            io.netty.handler.codec.http.HttpVersion.HTTP_1_1,
                            HttpResponseStatus.valueOf(interim.status()),
                            Unpooled.EMPTY_BUFFER,
                            fields,
                            EmptyHttpHeaders.INSTANCE));
        } else if (interim.status() == HttpResponseStatus.EARLY_HINTS.code()) {
            MultiMap fields = MultiMap.caseInsensitiveMultiMap();
            interim.headers().forEach(fields::add);
            response.writeEarlyHints(fields);
        }
    }

    @SuppressWarnings("deprecation") // the one way to hand bytes to Vert.x 4 without copying them
    private static Buffer buffer(List<Body> pieces) {
        return Buffer.buffer(bytes(pieces));
    }

    /** All pieces as one, not copied. */
    static ByteBuf bytes(List<Body> pieces) {
        ByteBuffer[] views = new ByteBuffer[pieces.size()];
        for (int i = 0; i < views.length; i++) {
            views[i] = pieces.get(i).view();
        }
        return Unpooled.wrappedBuffer(views);
    }

    private static void stream(HttpServerRequest request, HttpServerResponse response, Content.Streamed streamed) {
        boolean endsWithConnection = streamed.length() < 0 && request.version() == HttpVersion.HTTP_1_0;
        if (streamed.length() >= 0) {
            response.putHeader("Content-Length", Long.toString(streamed.length()));
        } else if (!endsWithConnection && !Http2Request.is(request)) {
            response.setChunked(true);
        }
        response.closeHandler(gone -> streamed.abandon().run());
        boolean mayTrail = response.isChunked();
        streamed.bytes()
                .pipe()
                .endOnFailure(false)
                .endOnSuccess(false)
                .to(response)
                .compose(out -> {
                    if (mayTrail) {
                        streamed.trailers().get().forEach(response::putTrailer);
                    }
                    return response.end();
                })
                // The client must not take a part for the whole: the connection breaks.
                .onFailure(cause -> response.reset())
                .onSuccess(done -> {
                    // A client that asked to keep the connection would otherwise wait for an end that it cannot see.
                    if (endsWithConnection) {
                        request.connection().close();
                    }
                });
    }

    private static void join(HttpServerRequest request, NetSocket origin) {
        origin.pause();
        request.toNetSocket().onFailure(cause -> origin.close()).onSuccess(client -> {
            client.pipeTo(origin).onFailure(cause -> origin.close());
            origin.pipeTo(client).onFailure(cause -> client.close());
            client.closeHandler(closed -> origin.close());
        });
    }

    static void abandon(Content content) {
        switch (content) {
            case Content.Streamed streamed -> streamed.abandon().run();
            case Content.Switched(var origin) -> origin.close();
            case Content.Absent absent -> {}
            case Content.Whole whole -> {}
        }
    }
}
