package io.pagecache.admission;

import io.pagecache.status.ForwardReason;
import io.pagecache.status.Reason;

/** What may be done with a request before anything is looked up. */
public sealed interface Admission {

    /** The store may answer it, and what the origin answers may be kept. */
    record Cacheable() implements Admission {}

    /** It goes to the origin, and what the origin answers is not kept. */
    record PassThrough(Reason reason, ForwardReason forward) implements Admission {}

    /** The proxy answers with this error status; the origin never sees the request. */
    record Refused(int status, Reason reason) implements Admission {}
}
