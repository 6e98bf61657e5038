package io.pagecache.proxy.inbound;

import io.pagecache.http.PageRequest;
import io.pagecache.status.Reason;

/** What came over the wire. */
sealed interface Arrival {

    /** @param bodyLength -1 when the body is chunked, 0 without a body */
    record Understood(PageRequest request, long bodyLength) implements Arrival {}

    /** Over HTTP/2: no request at all; its stream is reset (RFC 9113 section 8.1.1). */
    record Malformed() implements Arrival {}

    /** Not a request this proxy acts on; the connection is closed after the reply. */
    record Refused(int status, Reason reason) implements Arrival {}
}
