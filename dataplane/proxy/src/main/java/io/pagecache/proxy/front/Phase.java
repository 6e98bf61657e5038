package io.pagecache.proxy.front;

/**
 * What a guarded connection is doing.
 *
 * <pre>
 *   HEAD ──head complete──► BODY ──body complete──► ANSWER ──answer complete──► HEAD
 *     │                      │                        │
 *     │ refused              │ refused, answered      │ last answer, refused     ANSWER ──101──► ASIDE
 *     └──────────────────────┴────────────────────────┴────────► CLOSING
 * </pre>
 */
enum Phase {
    /** Between two requests, or in a head. */
    HEAD,
    BODY,
    ANSWER,
    /** The connection is no longer HTTP/1: bytes pass untouched. */
    ASIDE,
    /** The last answer is out: input is thrown away. */
    CLOSING
}
