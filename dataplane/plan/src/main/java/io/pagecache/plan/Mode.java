package io.pagecache.plan;

/** Whether the cache works at all. */
public enum Mode {
    CACHING,
    /** Every request goes to the origin, nothing is stored: the switch for an emergency. */
    PASS_THROUGH
}
