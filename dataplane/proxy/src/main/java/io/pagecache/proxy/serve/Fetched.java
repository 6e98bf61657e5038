package io.pagecache.proxy.serve;

import io.pagecache.http.PageResponse;
import io.pagecache.proxy.origin.OriginFailure;
import io.pagecache.status.Reason;
import io.pagecache.store.StoredPage;
import org.jspecify.annotations.Nullable;

/** What a fetch for the store brought. */
sealed interface Fetched {

    /** From asking the origin to the head of its answer. */
    long micros();

    /** @param originStatus its answer, when that is what counts as the failure; else 0 */
    record Failed(OriginFailure failure, int originStatus, long micros) implements Fetched {}

    /**
     * The stored page holds still.
     *
     * @param refusal why it was not stored again, or null when it was
     */
    record Renewed(StoredPage page, @Nullable Reason refusal, long micros) implements Fetched {}

    /**
     * A whole page.
     *
     * @param refusal why it was not stored, or null when it was
     */
    record Complete(StoredPage page, @Nullable Reason refusal, long micros) implements Fetched {}

    /**
     * An answer on its way, not to be stored, or being collected for the store while the client reads it.
     *
     * @param refusal why it is not stored, or null while it may yet be
     */
    record Streaming(
            PageResponse head,
            Content.Streamed content,
            @Nullable Reason refusal,
            long micros) implements Fetched {}
}
