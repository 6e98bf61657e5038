package io.pagecache.operator.reconcile.purge;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.pagecache.api.v1alpha1.PageCachePurge;
import io.pagecache.api.v1alpha1.PageCachePurgeStatus;
import io.pagecache.operator.config.OperatorConfig;
import io.pagecache.operator.desired.PolicyChildren;
import io.pagecache.operator.metrics.OperatorMetrics;
import io.pagecache.operator.status.PageCachePurgeReport;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One pass over one purge: order, push, observe, report; and delete it when its time is over. */
@Singleton
@ControllerConfiguration(name = "purge", fieldManager = PolicyChildren.MANAGER)
public class PageCachePurgeReconciler implements Reconciler<PageCachePurge> {
    private final KubernetesClient client;
    private final PurgeWork work;
    private final OperatorConfig config;
    private final OperatorMetrics metrics;
    private final Clock clock;

    public PageCachePurgeReconciler(
            KubernetesClient client, PurgeWork work, OperatorConfig config, OperatorMetrics metrics, Clock clock) {
        this.client = client;
        this.work = work;
        this.config = config;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public UpdateControl<PageCachePurge> reconcile(PageCachePurge purge, Context<PageCachePurge> context)
            throws InterruptedException {
        Optional<Instant> finishedAt = PageCachePurgeReport.finishedAt(purge.getStatus());
        if (finishedAt.isPresent()) {
            return deleteWhenDue(purge, finishedAt.get());
        }
        PageCachePurgeStatus status = PageCachePurgeReport.status(
                purge, work.advance(purge), config.purges().deadline(), clock.instant());
        boolean finished = PageCachePurgeReport.finishedAt(status).isPresent();
        if (finished) {
            metrics.purged(
                    OperatorMetrics.PurgeSource.RESOURCE,
                    PageCachePurgeReport.isComplete(status) ? "complete" : "failed");
        }
        UpdateControl<PageCachePurge> control = status.equals(purge.getStatus())
                ? UpdateControl.noUpdate()
                : UpdateControl.patchStatus(statusOnly(purge, status));
        Duration untilNext =
                finished ? ttl(purge).orElse(null) : config.passes().quick();
        return untilNext == null ? control : control.rescheduleAfter(untilNext);
    }

    private UpdateControl<PageCachePurge> deleteWhenDue(PageCachePurge purge, Instant finishedAt) {
        UpdateControl<PageCachePurge> done = UpdateControl.noUpdate();
        Optional<Duration> ttl = ttl(purge);
        if (ttl.isEmpty()) {
            return done;
        }
        Duration left = Duration.between(clock.instant(), finishedAt.plus(ttl.get()));
        if (left.isPositive()) {
            return done.rescheduleAfter(left);
        }
        client.resource(purge).delete();
        return done;
    }

    private static Optional<Duration> ttl(PageCachePurge purge) {
        return Optional.ofNullable(purge.getSpec().ttlSecondsAfterFinished()).map(Duration::ofSeconds);
    }

    private static PageCachePurge statusOnly(PageCachePurge purge, PageCachePurgeStatus status) {
        PageCachePurge patch = new PageCachePurge();
        patch.setMetadata(new ObjectMetaBuilder()
                .withNamespace(purge.getMetadata().getNamespace())
                .withName(purge.getMetadata().getName())
                .build());
        patch.setStatus(status);
        return patch;
    }
}
