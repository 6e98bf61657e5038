package io.pagecache.template;

import io.pagecache.http.Body;

/** A piece of a compiled page. */
public sealed interface Segment {

    /** Bytes that are the same for every reader. */
    record Static(Body bytes) implements Segment {}
}
