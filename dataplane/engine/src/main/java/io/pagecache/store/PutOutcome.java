package io.pagecache.store;

import io.pagecache.status.Reason;

/** What became of a page that was to be stored. */
public sealed interface PutOutcome {
    PutOutcome STORED = new Stored();

    record Stored() implements PutOutcome {}

    /** Nothing has changed in the store. */
    record Refused(Reason reason) implements PutOutcome {}

    default boolean isStored() {
        return this instanceof Stored;
    }
}
