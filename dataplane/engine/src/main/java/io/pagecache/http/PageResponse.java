package io.pagecache.http;

import java.time.Instant;

/**
 * Head of an origin's answer.
 *
 * @param status 200 to 599; interim answers never become one
 * @param headers without hop-by-hop and Connection-nominated fields
 * @param requestedAt when the request was sent (RFC 9111 section 4.2.3, {@code request_time})
 * @param receivedAt when the head arrived ({@code response_time}) by the clock that others' dates are held against
 * @param arrivedAt the same moment by the clock that never steps, by which the page ages from then on
 */
public record PageResponse(int status, Headers headers, Instant requestedAt, Instant receivedAt, Instant arrivedAt) {

    /** By one clock. */
    public PageResponse(int status, Headers headers, Instant requestedAt, Instant receivedAt) {
        this(status, headers, requestedAt, receivedAt, receivedAt);
    }
}
