package io.pagecache.proxy.serve;

import io.pagecache.http.PageRequest;
import io.pagecache.proxy.origin.Asides;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/**
 * One request, of a client or of a page for its fragment, with the plan that holds for it from beginning to end.
 *
 * @param body paused; empty for most requests
 * @param bodyLength announced length, -1 when it is chunked, 0 without a body
 * @param inclusion what page wants it as a fragment; null for a client's request
 * @param asides what goes beside head and body
 */
public record Visit(
        ActivePlan plan,
        PageRequest request,
        ReadStream<Buffer> body,
        long bodyLength,
        @Nullable Inclusion inclusion,
        Asides asides) {

    public Visit(ActivePlan plan, PageRequest request, ReadStream<Buffer> body, long bodyLength) {
        this(plan, request, body, bodyLength, null, Asides.NONE);
    }

    /** A client's. */
    public Visit(ActivePlan plan, PageRequest request, ReadStream<Buffer> body, long bodyLength, Asides asides) {
        this(plan, request, body, bodyLength, null, asides);
    }

    /** The same visit by a reader whose groups are known; those of a fragment's reader are, from its page. */
    Visit grouped() {
        PageRequest known =
                inclusion == null ? plan.told().tell(plan.experiments().assign(request)) : request;
        return with(known);
    }

    /** The same visit by the URL that the plan takes the request's for. */
    Visit understood() {
        return with(plan.urls().understood(request));
    }

    /** The same visit, understood as another request. */
    Visit with(PageRequest other) {
        return other == request ? this : new Visit(plan, other, body, bodyLength, inclusion, asides);
    }
}
