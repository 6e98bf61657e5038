package io.pagecache.proxy.serve;

import io.pagecache.proxy.collect.CollectingMemory;
import io.pagecache.proxy.origin.OriginOutcome.Answered;
import io.pagecache.status.Reason;
import io.pagecache.store.StoredPage;
import io.pagecache.storing.StoreDecision;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Turns an answer that may be kept into a page while its bytes come in. */
final class PageCollector {
    /** How long it is remembered that a page could not be collected. */
    static final Duration MEMORY = Duration.ofMinutes(2);

    /** Above this, a body is streamed and never collected, whatever the budget. */
    private static final long LARGEST = 8L << 20;

    private static final long SHARE_OF_BUDGET = 8;

    /** Bodies above this are compressed and hashed off the event loop. */
    private static final int QUICK = 2 * 1024;

    private final Vertx vertx;
    private final CollectingMemory memory;

    PageCollector(Vertx vertx, CollectingMemory memory) {
        this.vertx = vertx;
        this.memory = memory;
    }

    /**
     * @param body to be released once it is known what became of the page
     * @param content the same bytes for the client, as they come
     * @param page fails when there will be none; ask {@link #reason} why
     */
    record Collection(CollectedBody body, Content.Streamed content, Future<StoredPage> page) {}

    Collection collect(PageVisit visit, Answered answered, StoreDecision.Store decision) {
        long limit = limit(visit);
        return collect(
                visit, answered, bytes -> PageAssembler.assemble(visit, answered.response(), bytes, decision, limit));
    }

    /** The largest page that is kept, in bytes. */
    static long limit(PageVisit visit) {
        return Math.min(LARGEST, visit.plan().plan().cacheBytes() / SHARE_OF_BUDGET);
    }

    /** @param making makes a page of all bytes of the answer, or null when they are not what the head says */
    Collection collect(PageVisit visit, Answered answered, Assembly making) {
        memory.boundBy(visit.plan().plan().cacheBytes());
        long limit = limit(visit);
        long announced = answered.body().announcedLength();
        CollectedBody body = new CollectedBody(answered.body(), announced > limit ? 0 : limit, memory);
        Content.Streamed content = new Content.Streamed(body, announced, body::abandon, answered.body()::trailers);
        return new Collection(body, content, body.start().compose(bytes -> assemble(bytes, making)));
    }

    /** Off the event loop for all but small bodies. */
    @FunctionalInterface
    interface Assembly {
        @Nullable
        StoredPage of(byte[] bytes);
    }

    private Future<StoredPage> assemble(Buffer bytes, Assembly making) {
        if (bytes.length() <= QUICK) {
            return made(making.of(bytes.getBytes()));
        }
        return vertx.executeBlocking(() -> making.of(bytes.getBytes()), false).compose(page -> made(page));
    }

    private static Future<StoredPage> made(@Nullable StoredPage page) {
        return page == null
                ? Future.failedFuture(new CollectedBody.NotCollected(Reason.CONTENT_CODING))
                : Future.succeededFuture(page);
    }

    /** Why a page could not be collected. */
    static Reason reason(Throwable cause) {
        return cause instanceof CollectedBody.NotCollected known ? known.reason() : Reason.INTERNAL_ERROR;
    }
}
