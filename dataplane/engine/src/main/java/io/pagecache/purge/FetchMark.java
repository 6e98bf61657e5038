package io.pagecache.purge;

/**
 * Where the fence stood when a fetch began. What the fetch brings is stored only if no purge or invalidation that covers it has
 * happened since. Both numbers are this process's own and only grow; they are not the ledger's sequence.
 *
 * @param purges purges registered so far
 * @param invalidations invalidations by unsafe methods registered so far
 */
public record FetchMark(long purges, long invalidations) {}
