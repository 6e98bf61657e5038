package io.pagecache.plan;

public enum PurgeMode {
    /** Marked stale: the stale windows still apply, so readers never wait for the refetch. */
    SOFT,
    /** Gone: never served again, not even when the origin fails. */
    HARD
}
