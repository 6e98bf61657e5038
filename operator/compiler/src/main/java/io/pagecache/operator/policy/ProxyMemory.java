package io.pagecache.operator.policy;

/**
 * Memory of one proxy, derived from the cache it must hold. Pages live beside everything else the process needs: the store's
 * bookkeeping (an eighth of the pages), code, class data, threads and the buffers of open connections.
 *
 * @param heapBytes most that the JVM's heap may use
 * @param containerBytes request and limit of the container
 */
public record ProxyMemory(long heapBytes, long containerBytes) {
    private static final long MEBI = 1L << 20;
    private static final long HEAP_BESIDE_PAGES = 96 * MEBI;
    private static final long OUTSIDE_HEAP = 160 * MEBI;
    private static final long LEAST_OUTSIDE_HEAP = 96 * MEBI;
    private static final long LEAST_BUFFERS = 32 * MEBI;

    public static ProxyMemory forCache(long cacheBytes) {
        long heap = wholeMebi(cacheBytes + cacheBytes / 8 + HEAP_BESIDE_PAGES);
        return new ProxyMemory(heap, heap + OUTSIDE_HEAP);
    }

    public String heapOption() {
        return "-Xmx%dm".formatted(heapBytes / MEBI);
    }

    /**
     * Most that the buffers of connections may use outside the heap: what the container's limit leaves beside the heap and the JVM
     * itself. A JVM that is told nothing allows them as much as the heap, and the container is killed long before.
     *
     * @param limitBytes of the container
     */
    public String buffersOption(long limitBytes) {
        return "-XX:MaxDirectMemorySize=%dm".formatted(Math.max(LEAST_BUFFERS, limitBytes - leastBytes()) / MEBI);
    }

    public String containerQuantity() {
        return "%dMi".formatted(containerBytes / MEBI);
    }

    /** Below this limit a full cache ends with the process being killed, however few connections are open. */
    public long leastBytes() {
        return heapBytes + LEAST_OUTSIDE_HEAP;
    }

    private static long wholeMebi(long bytes) {
        return (bytes + MEBI - 1) / MEBI * MEBI;
    }
}
