package io.pagecache.http;

/** What a client's conditions make of an answer (RFC 9110 section 13.2.2). */
public enum Precondition {
    /** Answer as if there were no condition. */
    PROCEED,
    /** 304: the client has it already. */
    NOT_MODIFIED,
    /** 412. */
    FAILED
}
