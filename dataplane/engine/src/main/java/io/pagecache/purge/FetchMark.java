package io.pagecache.purge;

/**
 * Where the fence stood when a fetch began. What the fetch brings is stored only if no purge or invalidation that covers it has
 * happened since.
 *
 * @param sequence last purge applied
 * @param invalidations count of invalidations by unsafe methods
 */
public record FetchMark(long sequence, long invalidations) {}
