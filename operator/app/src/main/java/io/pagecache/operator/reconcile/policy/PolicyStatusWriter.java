package io.pagecache.operator.reconcile.policy;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.api.v1alpha1.PageCachePolicyStatus;
import io.pagecache.api.v1alpha1.PageCachePolicyStatus.Purge;
import io.pagecache.api.v1alpha1.PageCachePolicyStatus.WarmUp;
import io.pagecache.operator.config.OperatorConfig;
import io.pagecache.operator.events.EventRecorder;
import io.pagecache.operator.metrics.OperatorMetrics;
import io.pagecache.operator.push.ProxyReport;
import io.pagecache.operator.status.AnnotationPurge;
import io.pagecache.operator.status.NextLook;
import io.pagecache.operator.status.PolicyNotes;
import io.pagecache.operator.status.PolicyReport;
import io.pagecache.operator.status.PolicySituation;
import io.pagecache.operator.status.PurgeReport;
import io.pagecache.operator.status.WarmUpReport;
import io.pagecache.operator.warm.WarmUpDecision;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes a pass visible: the status where it changed, an Event for each turn of it, and when to look again. */
@Singleton
public class PolicyStatusWriter {
    private final OperatorConfig config;
    private final EventRecorder events;
    private final OperatorMetrics metrics;
    private final Clock clock;

    public PolicyStatusWriter(OperatorConfig config, EventRecorder events, OperatorMetrics metrics, Clock clock) {
        this.config = config;
        this.events = events;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * What the proxies were given to do beside serving.
     *
     * @param warmUp empty when none is wanted, or nobody can say because the policy is rejected
     */
    record Work(AnnotationPurge purge, Optional<WarmUpDecision> warmUp) {}

    UpdateControl<PageCachePolicy> report(
            PageCachePolicy policy,
            PolicySituation situation,
            Work work,
            List<ProxyReport> reports,
            Schedule schedule) {
        Instant now = clock.instant();
        @Nullable PageCachePolicyStatus before = policy.getStatus();
        @Nullable
        Purge progress = PurgeReport.of(
                work.purge(),
                reports,
                before == null ? null : before.purge(),
                config.purges().deadline(),
                now);
        PageCachePolicyStatus status = PolicyReport.status(
                policy,
                situation,
                new PolicyReport.Progress(
                        progress,
                        warmUp(policy, work, reports),
                        schedule.authors().report()),
                now);
        UpdateControl<PageCachePolicy> control = UpdateControl.noUpdate();
        if (!PolicyReport.isWritten(policy, status)) {
            announce(policy, before, status);
            control = UpdateControl.patchStatus(statusOnly(policy, status));
        }
        Duration quick = config.passes().quick();
        Optional<Duration> next = Stream.concat(
                        NextLook.after(status, config.passes(), now).stream(),
                        WarmUpReport.nextLook(status.warmUp(), quick, now).stream())
                .min(Duration::compareTo);
        return schedule.first(next).map(control::rescheduleAfter).orElse(control);
    }

    /** The next look at what is on its way, if something is. */
    Optional<Duration> soonWhile(boolean onItsWay) {
        return onItsWay ? Optional.of(config.passes().quick()) : Optional.empty();
    }

    /** A rejected policy says nothing about warm-ups: what was remembered of them stays. */
    private static @Nullable WarmUp warmUp(PageCachePolicy policy, Work work, List<ProxyReport> reports) {
        @Nullable PageCachePolicyStatus before = policy.getStatus();
        boolean unknown = work.warmUp().isEmpty() && policy.getSpec().warmUp() != null;
        return unknown && before != null ? before.warmUp() : WarmUpReport.of(work.warmUp(), reports);
    }

    /** A single failed try is nobody's business; from the second on the status says that the truth is unknown, and why. */
    ErrorStatusUpdateControl<PageCachePolicy> reportFailure(
            PageCachePolicy policy, Optional<RetryInfo> retry, Exception failure) {
        if (retry.map(RetryInfo::getAttemptCount).orElse(0) < 1) {
            return ErrorStatusUpdateControl.defaultErrorProcessing();
        }
        PageCachePolicyStatus status = PolicyReport.failure(policy, failure, clock.instant());
        return PolicyReport.isWritten(policy, status)
                ? ErrorStatusUpdateControl.noStatusUpdate()
                : ErrorStatusUpdateControl.patchStatus(statusOnly(policy, status));
    }

    private void announce(PageCachePolicy policy, @Nullable PageCachePolicyStatus before, PageCachePolicyStatus after) {
        PolicyNotes.between(before, after).forEach(note -> events.record(policy, note));
        PolicyNotes.finishedPurge(before, after)
                .ifPresent(state -> metrics.purged(OperatorMetrics.PurgeSource.ANNOTATION, state));
    }

    /** For server-side apply: nothing but what we own. */
    private static PageCachePolicy statusOnly(PageCachePolicy policy, PageCachePolicyStatus status) {
        PageCachePolicy patch = new PageCachePolicy();
        patch.setMetadata(new ObjectMetaBuilder()
                .withNamespace(policy.getMetadata().getNamespace())
                .withName(policy.getMetadata().getName())
                .build());
        patch.setStatus(status);
        return patch;
    }
}
