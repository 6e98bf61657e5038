package io.pagecache.operator.desired;

/**
 * Memory of one proxy, derived from the cache it must hold. Pages live beside everything else the process needs: the store's
 * bookkeeping (an eighth of the pages), code, class data, threads and the buffers of open connections.
 *
 * @param heapBytes most that the JVM's heap may use
 * @param containerBytes request and limit of the container
 */
record ProxyMemory(long heapBytes, long containerBytes) {
    private static final long MEBI = 1L << 20;
    private static final long HEAP_BESIDE_PAGES = 96 * MEBI;
    private static final long OUTSIDE_HEAP = 160 * MEBI;

    static ProxyMemory forCache(long cacheBytes) {
        long heap = wholeMebi(cacheBytes + cacheBytes / 8 + HEAP_BESIDE_PAGES);
        return new ProxyMemory(heap, heap + OUTSIDE_HEAP);
    }

    String heapOption() {
        return "-Xmx%dm".formatted(heapBytes / MEBI);
    }

    String containerQuantity() {
        return "%dMi".formatted(containerBytes / MEBI);
    }

    private static long wholeMebi(long bytes) {
        return (bytes + MEBI - 1) / MEBI * MEBI;
    }
}
