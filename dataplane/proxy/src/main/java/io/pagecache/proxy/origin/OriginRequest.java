package io.pagecache.proxy.origin;

import io.pagecache.http.Headers;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/**
 * What is sent to the origin.
 *
 * @param target path and query, exactly
 * @param headers complete but for framing: made by {@link OutboundHeaders}
 * @param body paused until it is wanted; null without one
 * @param bodyLength bytes of the body, or -1 when it is chunked
 * @param conditions whose preconditions the headers carry
 * @param asides what goes beside head and body
 */
public record OriginRequest(
        String method,
        String target,
        Headers headers,
        @Nullable ReadStream<Buffer> body,
        long bodyLength,
        Conditions conditions,
        Asides asides) {

    /** Decides what a 304 means. */
    public enum Conditions {
        /** A 304 would be an answer to a question nobody asked. */
        NONE,
        /** Ours: a 304 renews the stored page. */
        OURS,
        /** The client's: a 304 is for it. */
        CLIENTS
    }

    public static OriginRequest withoutBody(String method, String target, Headers headers, Conditions conditions) {
        return new OriginRequest(method, target, headers, null, 0, conditions, Asides.NONE);
    }

    public OriginRequest with(Asides other) {
        return new OriginRequest(method, target, headers, body, bodyLength, conditions, other);
    }

    /** Safe and without body: sending it twice does no harm (RFC 9110 section 9.2.1). */
    boolean mayBeRepeated() {
        return body == null && (method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS"));
    }
}
