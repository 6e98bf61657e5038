package io.pagecache.proxy.front;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.pagecache.status.CacheStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;

/** The answer to a message that goes no further; it always ends the connection (CVE-2025-30346). */
final class RefusalAnswer {
    private RefusalAnswer() {}

    static ByteBuf render(ByteBufAllocator allocator, Refusal why, Instant now) {
        String body = why.text() + '\n';
        String answer = "HTTP/1.1 " + HttpResponseStatus.valueOf(why.status()) + "\r\n"
                + "Date: " + DateFormatter.format(Date.from(now)) + "\r\n"
                + "Content-Type: text/plain; charset=utf-8\r\n"
                + "Content-Length: " + body.length() + "\r\n"
                + "Cache-Control: no-store\r\n"
                + "Cache-Status: " + CacheStatus.NAME + "; detail=" + why.token() + "\r\n"
                + (why == Refusal.METHOD ? "Allow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS\r\n" : "")
                + "Connection: close\r\n\r\n"
                + body;
        ByteBuf out = allocator.buffer(answer.length());
        out.writeCharSequence(answer, StandardCharsets.US_ASCII);
        return out;
    }
}
