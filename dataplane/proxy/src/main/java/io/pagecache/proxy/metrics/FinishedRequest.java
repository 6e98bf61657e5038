package io.pagecache.proxy.metrics;

import java.time.Instant;

/**
 * One client request when all is over: what counters and the access log are made of.
 *
 * @param at when its head had arrived
 * @param host as in the request; empty when it had none that is valid
 * @param path without query
 * @param bytes of the body sent to the client
 * @param durationMicros from the request's head to the end of the reply
 * @param userAgent empty when there is none
 */
public record FinishedRequest(
        Instant at,
        String client,
        String method,
        String host,
        String path,
        int status,
        long bytes,
        long durationMicros,
        String userAgent,
        Provenance provenance) {}
