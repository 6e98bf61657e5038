package io.pagecache.operator.resolve;

import java.util.Set;

/** What the API server said when it was asked for an object that a policy names. */
public sealed interface FoundObject {

    record Absent() implements FoundObject {}

    /** The operator may not look. */
    record Forbidden() implements FoundObject {}

    /** A volume: only who mounts it sees its files. */
    record Closed() implements FoundObject {}

    record Present(Set<String> keys) implements FoundObject {
        public Present {
            keys = Set.copyOf(keys);
        }
    }
}
