package io.pagecache.proxy.metrics;

import io.pagecache.plan.ProxyStats;
import io.pagecache.status.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The most frequent (path, reason) pairs in bounded memory, by the space-saving algorithm of Metwally, Agrawal and El Abbadi
 * (2005): a newcomer takes the place and the count of the least frequent, so counts may be too high, never too low.
 */
final class TopPaths {
    private static final int WATCHED = 128;
    private static final int LONGEST_PATH = 256;

    private record Entry(String path, Reason reason) {}

    private final Map<Entry, Long> counts = new HashMap<>();

    synchronized void count(String path, Reason reason) {
        Entry entry = new Entry(path.length() > LONGEST_PATH ? path.substring(0, LONGEST_PATH) : path, reason);
        Long known = counts.get(entry);
        if (known != null) {
            counts.put(entry, known + 1);
        } else if (counts.size() < WATCHED) {
            counts.put(entry, 1L);
        } else {
            Map.Entry<Entry, Long> least = java.util.Collections.min(counts.entrySet(), Map.Entry.comparingByValue());
            counts.remove(least.getKey());
            counts.put(entry, least.getValue() + 1);
        }
    }

    synchronized List<ProxyStats.Uncacheable> top(int most) {
        List<ProxyStats.Uncacheable> all = new ArrayList<>(counts.size());
        counts.forEach((entry, count) ->
                all.add(new ProxyStats.Uncacheable(entry.path(), entry.reason().token(), count)));
        all.sort(Comparator.comparingLong(ProxyStats.Uncacheable::count)
                .reversed()
                .thenComparing(ProxyStats.Uncacheable::path));
        return List.copyOf(all.subList(0, Math.min(most, all.size())));
    }
}
