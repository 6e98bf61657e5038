package io.pagecache.operator.observe;

import io.pagecache.api.v1alpha1.PageCachePolicyStatus.Stats;
import io.pagecache.api.v1alpha1.PageCachePolicyStatus.Uncacheable;
import io.pagecache.plan.ProxyStats;
import io.pagecache.plan.ProxyStats.VariantLimit;
import io.pagecache.plan.VisitorSketch;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/*
 * The sums of one policy.
 *
 * A proxy counts from its start, and proxies come and go. The book keeps the newest answer of each process; when a process is
 * gone (its pod is, or it restarted and counts from a new start), its last answer moves to the past. The sum is the past plus the
 * newest answers, so it never falls when a pod is replaced.
 *
 * The past lives in the operator's memory. After a restart of the operator it is regained from the status: what that shows beyond
 * the present answers must be past. Requests that proxies served meanwhile, and that the operator did not see, then count once as
 * long as no proxy was replaced before; otherwise at most the present answers are missing. The sum does not fall either way.
 * What a proxy had counted that was silent in that first round counts as past already, so its first answer takes the place of that.
 */
final class StatisticsBook {
    private static final int TOP = 10;

    private final Map<String, ProxyStats> newest = new HashMap<>();
    private Counters past = Counters.ZERO;
    private @Nullable Instant since;
    private @Nullable Stats toResume;
    private final Set<String> silentAtResumption = new HashSet<>();

    /** @param written what the status shows from an earlier life of the operator, or null */
    StatisticsBook(@Nullable Stats written) {
        this.toResume = written;
        this.since = written == null || written.since() == null ? null : Instant.parse(written.since());
    }

    /**
     * @param pods uids of the policy's pods, whether they answered or not
     * @param answers by the pod's uid
     */
    void record(Set<String> pods, Map<String, ProxyStats> answers) {
        answers.forEach((pod, stats) -> {
            ProxyStats before = newest.put(pod, stats);
            if (silentAtResumption.remove(pod)) {
                past = past.beyond(Counters.ZERO.plus(stats));
            }
            if (before != null && !before.since().equals(stats.since())) {
                past = past.plus(before);
            }
            if (since == null || stats.since().isBefore(since)) {
                since = stats.since();
            }
        });
        silentAtResumption.retainAll(pods);
        newest.entrySet().removeIf(entry -> {
            boolean gone = !pods.contains(entry.getKey());
            if (gone) {
                past = past.plus(entry.getValue());
            }
            return gone;
        });
        if (toResume != null && !answers.isEmpty()) {
            past = written(toResume).beyond(present());
            toResume = null;
            silentAtResumption.addAll(pods);
            silentAtResumption.removeAll(answers.keySet());
        }
    }

    /** Whether anything has ever been counted. */
    boolean isEmpty() {
        return newest.isEmpty() && past.equals(Counters.ZERO);
    }

    Stats sum() {
        Counters sum = past;
        for (ProxyStats stats : newest.values()) {
            sum = sum.plus(stats);
        }
        Collection<ProxyStats> present = newest.values();
        return new Stats(
                since == null ? null : since.toString(),
                sum.requests(),
                sum.hits(),
                sum.misses(),
                sum.stale(),
                sum.bypassed(),
                sum.errors(),
                share(sum.hits() + sum.stale(), sum.hits() + sum.stale() + sum.misses()),
                share(Math.max(0, sum.requests() - sum.originRequests()), sum.requests()),
                sum.bytesServed(),
                sum.bytesFromOrigin(),
                present.stream().mapToLong(ProxyStats::objects).sum(),
                present.stream().mapToLong(ProxyStats::storeBytes).sum(),
                sum.evictions(),
                visitors(present),
                topUncacheable(present));
    }

    /** Proxies that are gone take their visitors along: most of them come again. */
    private static long visitors(Collection<ProxyStats> present) {
        VisitorSketch all = VisitorSketch.empty();
        present.forEach(stats -> all.merge(stats.visitors()));
        return all.estimate();
    }

    /** How often pages were not kept for too many variants, by the newest answers, and one of their URLs. */
    VariantLimit variantLimit() {
        long count = 0;
        String url = null;
        for (ProxyStats stats : newest.values()) {
            count += stats.variantLimit().count();
            url = stats.variantLimit().url() == null
                    ? url
                    : stats.variantLimit().url();
        }
        return new VariantLimit(count, url);
    }

    private Counters present() {
        Counters sum = Counters.ZERO;
        for (ProxyStats stats : newest.values()) {
            sum = sum.plus(stats);
        }
        return sum;
    }

    /** The status does not show origin requests; the share of what they were spared does. */
    private static Counters written(Stats stats) {
        long requests = orZero(stats.requests());
        String offload = stats.originOffload();
        double spared = offload == null ? 0 : Double.parseDouble(offload.substring(0, offload.length() - 1)) / 100;
        return new Counters(
                requests,
                orZero(stats.hits()),
                orZero(stats.misses()),
                orZero(stats.stale()),
                orZero(stats.bypassed()),
                orZero(stats.errors()),
                Math.round(requests * (1 - spared)),
                orZero(stats.bytesServed()),
                orZero(stats.bytesFromOrigin()),
                orZero(stats.evictions()));
    }

    private static long orZero(@Nullable Long count) {
        return count == null ? 0 : count;
    }

    private static @Nullable String share(long part, long whole) {
        return whole == 0 ? null : String.format(Locale.ROOT, "%.1f%%", 100.0 * part / whole);
    }

    private record Path(String path, String reason) {}

    private static List<Uncacheable> topUncacheable(Collection<ProxyStats> present) {
        return present.stream()
                .flatMap(stats -> stats.topUncacheable().stream())
                .collect(Collectors.groupingBy(
                        entry -> new Path(entry.path(), entry.reason()),
                        Collectors.summingLong(ProxyStats.Uncacheable::count)))
                .entrySet()
                .stream()
                .map(entry ->
                        new Uncacheable(entry.getKey().path(), entry.getKey().reason(), entry.getValue()))
                .sorted(Comparator.comparing(Uncacheable::count)
                        .reversed()
                        .thenComparing(Uncacheable::path)
                        .thenComparing(Uncacheable::reason))
                .limit(TOP)
                .toList();
    }
}
