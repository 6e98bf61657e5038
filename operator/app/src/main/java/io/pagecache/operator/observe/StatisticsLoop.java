package io.pagecache.operator.observe;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.api.v1alpha1.PageCachePolicyStatus;
import io.pagecache.api.v1alpha1.PageCachePolicyStatus.Stats;
import io.pagecache.operator.config.OperatorConfig;
import io.pagecache.operator.events.EventRecorder;
import io.pagecache.operator.push.ProxyFleet;
import io.pagecache.operator.push.ProxyPod;
import io.pagecache.plan.ProxyStats;
import jakarta.inject.Singleton;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sums the proxies' counters into {@code status.stats}, slowly and apart from the reconciler, so that figures never delay a
 * purge. It writes as a field manager of its own: neither writer touches the other's part of the status.
 */
@Singleton
public class StatisticsLoop {
    private static final Logger log = Logger.getLogger(StatisticsLoop.class);
    private static final String FIELD_MANAGER = "pagecache-operator-statistics";

    private final KubernetesClient client;
    private final ProxyFleet fleet;
    private final EventRecorder events;
    private final Duration interval;
    private final VariantLimitNews limitNews;
    private final Map<String, StatisticsBook> books = new HashMap<>();
    private final ScheduledExecutorService clockwork = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("statistics").factory());
    private volatile @Nullable Sources sources;

    public StatisticsLoop(
            KubernetesClient client, ProxyFleet fleet, OperatorConfig config, EventRecorder events, Clock clock) {
        this.client = client;
        this.fleet = fleet;
        this.events = events;
        this.limitNews = new VariantLimitNews(clock);
        this.interval = config.statistics().interval();
    }

    private record Sources(Cache<PageCachePolicy> policies, EventSource<Pod, PageCachePolicy> pods) {}

    /** Names the caches to read; they belong to the reconciler, so that nothing is watched twice. */
    public void readFrom(Cache<PageCachePolicy> policies, EventSource<Pod, PageCachePolicy> pods) {
        sources = new Sources(policies, pods);
    }

    /** Called once this replica leads. */
    public void start() {
        clockwork.scheduleWithFixedDelay(
                this::roundUnlessBroken, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** No round begins after this. */
    public void stop() {
        clockwork.shutdownNow();
    }

    /** A scheduled task that throws is never run again; whatever breaks one round, the next is tried. */
    private void roundUnlessBroken() {
        try {
            round();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.warn("The statistics could not be refreshed; the next round tries again.", e);
        }
    }

    void round() throws InterruptedException {
        Sources current = sources;
        if (current == null) {
            return;
        }
        List<PageCachePolicy> policies = current.policies().list().toList();
        Set<String> uids = policies.stream()
                .map(policy -> policy.getMetadata().getUid())
                .collect(Collectors.toCollection(HashSet::new));
        books.keySet().retainAll(uids);
        limitNews.retain(uids);
        for (PageCachePolicy policy : policies) {
            refreshUnlessBroken(policy, ProxyPod.of(current.pods().getSecondaryResources(policy)));
        }
    }

    /** What is wrong with one policy must not keep the figures of the others. */
    private void refreshUnlessBroken(PageCachePolicy policy, List<ProxyPod> pods) throws InterruptedException {
        try {
            refresh(policy, pods);
        } catch (KubernetesClientException | IllegalStateException e) {
            log.warnf(
                    "The statistics of policy %s/%s could not be refreshed; the next round tries again: %s",
                    policy.getMetadata().getNamespace(), policy.getMetadata().getName(), e.getMessage());
        }
    }

    private void refresh(PageCachePolicy policy, List<ProxyPod> pods) throws InterruptedException {
        if (pods.isEmpty()) {
            return;
        }
        Map<String, ProxyStats> answers = fleet.statistics(policy, pods);
        @Nullable PageCachePolicyStatus status = policy.getStatus();
        @Nullable Stats written = status == null ? null : status.stats();
        StatisticsBook book = books.computeIfAbsent(policy.getMetadata().getUid(), uid -> new StatisticsBook(written));
        book.record(pods.stream().map(ProxyPod::uid).collect(Collectors.toSet()), answers);
        limitNews.of(policy.getMetadata().getUid(), book.variantLimit()).ifPresent(note -> events.record(policy, note));
        if (!book.isEmpty() && !book.sum().equals(written)) {
            write(policy, book.sum());
        }
    }

    private void write(PageCachePolicy policy, Stats stats) {
        PageCachePolicy patch = new PageCachePolicy();
        patch.setMetadata(new ObjectMetaBuilder()
                .withNamespace(policy.getMetadata().getNamespace())
                .withName(policy.getMetadata().getName())
                .build());
        patch.setStatus(new PageCachePolicyStatus(null, null, null, null, null, stats, null, null, null));
        try {
            client.resource(patch)
                    .subresource("status")
                    .patch(new PatchContext.Builder()
                            .withPatchType(PatchType.SERVER_SIDE_APPLY)
                            .withFieldManager(FIELD_MANAGER)
                            .withForce(true)
                            .build());
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }
}
