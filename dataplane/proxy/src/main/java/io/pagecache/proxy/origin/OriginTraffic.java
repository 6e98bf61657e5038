package io.pagecache.proxy.origin;

/** Told about every exchange with the origin; called on event loops, so it must not block. */
public interface OriginTraffic {

    void sent();

    void received(long bytes);

    /** @param micros from asking to the head of the answer */
    void answered(int status, long micros);

    void failed(OriginFailure failure);

    /** A connection was closed because what came over it could not be trusted. */
    default void refused(AnswerFault fault) {}
}
