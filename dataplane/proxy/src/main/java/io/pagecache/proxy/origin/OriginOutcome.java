package io.pagecache.proxy.origin;

import io.pagecache.http.PageResponse;

/** What became of a request to the origin. */
public sealed interface OriginOutcome {

    /**
     * An answer. Its body must be consumed or {@linkplain OriginBody#abort aborted}.
     *
     * @param micros from asking to the head of the answer
     */
    record Answered(PageResponse response, OriginBody body, long micros) implements OriginOutcome {}

    /** The validators we sent still hold (304). */
    record NotModified(PageResponse response, long micros) implements OriginOutcome {}

    record Failed(OriginFailure failure, long micros) implements OriginOutcome {}
}
