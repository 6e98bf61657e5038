package io.pagecache.proxy.serve;

import io.pagecache.http.PageRequest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/**
 * One client request with the plan that holds for it from beginning to end.
 *
 * @param body paused; empty for most requests
 * @param bodyLength announced length, -1 when it is chunked, 0 without a body
 */
public record Visit(ActivePlan plan, PageRequest request, ReadStream<Buffer> body, long bodyLength) {

    /** The same visit by a reader whose groups are known. */
    Visit grouped() {
        PageRequest known = plan.experiments().assign(request);
        return known == request ? this : new Visit(plan, known, body, bodyLength);
    }
}
