package io.pagecache.operator.status;

import static io.pagecache.operator.status.ConditionType.COMPLETE;
import static io.pagecache.operator.status.ConditionType.FAILED;

import io.fabric8.kubernetes.api.model.Condition;
import io.pagecache.api.v1alpha1.PageCachePurge;
import io.pagecache.api.v1alpha1.PageCachePurgeStatus;
import io.pagecache.api.v1alpha1.PageCachePurgeStatus.ProxyPurgeState;
import io.pagecache.api.v1alpha1.PageCachePurgeStatus.ProxyResult;
import io.pagecache.operator.observe.PurgeProgress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The status of a {@code PageCachePurge}. Complete and Failed are both final. */
public final class PageCachePurgeReport {
    private PageCachePurgeReport() {}

    public static PageCachePurgeStatus status(PageCachePurge purge, PurgeStep step, Duration deadline, Instant now) {
        return switch (step) {
            case PurgeStep.Refused(String reason, String message) -> status(purge, failed(reason, message), null, now);
            case PurgeStep.Waiting(String reason, String message) -> {
                boolean overdue = now.isAfter(Instant.parse(purge.getMetadata().getCreationTimestamp())
                        .plus(deadline));
                yield status(purge, overdue ? failed(reason, message) : pending(message), null, now);
            }
            case PurgeStep.Ordered(PurgeProgress progress) ->
                status(purge, findings(progress, deadline, now), progress, now);
        };
    }

    /** When the purge reached a final condition. */
    public static Optional<Instant> finishedAt(@Nullable PageCachePurgeStatus status) {
        return status == null
                ? Optional.empty()
                : Conditions.find(status.conditions(), COMPLETE)
                        .filter(PageCachePurgeReport::isTrue)
                        .or(() -> Conditions.find(status.conditions(), FAILED).filter(PageCachePurgeReport::isTrue))
                        .map(Condition::getLastTransitionTime)
                        .map(Instant::parse);
    }

    public static boolean isComplete(PageCachePurgeStatus status) {
        return Conditions.find(status.conditions(), COMPLETE)
                .filter(PageCachePurgeReport::isTrue)
                .isPresent();
    }

    private static boolean isTrue(Condition condition) {
        return "True".equals(condition.getStatus());
    }

    private static List<Finding> findings(PurgeProgress progress, Duration deadline, Instant now) {
        if (progress.isComplete()) {
            return List.of(
                    Finding.yes(COMPLETE, "Purged", "%s proxies have acknowledged it.".formatted(progress.summary())),
                    Finding.no(FAILED, "Purged", ""));
        }
        String message =
                progress.summary() + " proxies have acknowledged it; " + String.join("; ", progress.failures());
        return progress.isOverdue(deadline, now) ? failed("DeadlineExceeded", message) : pending(message);
    }

    private static List<Finding> failed(String reason, String message) {
        return List.of(Finding.no(COMPLETE, reason, message), Finding.yes(FAILED, reason, message));
    }

    private static List<Finding> pending(String message) {
        return List.of(Finding.no(COMPLETE, "Pending", message), Finding.no(FAILED, "Pending", ""));
    }

    private static PageCachePurgeStatus status(
            PageCachePurge purge, List<Finding> findings, @Nullable PurgeProgress progress, Instant now) {
        PageCachePurgeStatus before = purge.getStatus();
        Long generation = purge.getMetadata().getGeneration();
        boolean complete = progress != null && progress.isComplete();
        return new PageCachePurgeStatus(
                generation,
                Conditions.of(findings, before == null ? null : before.conditions(), generation, now),
                progress == null
                        ? null
                        : progress.proxies().stream()
                                .map(PageCachePurgeReport::result)
                                .toList(),
                progress == null ? null : progress.entries(),
                progress == null ? null : text(progress.order().requestedAt()),
                complete ? text(now) : null);
    }

    private static ProxyResult result(PurgeProgress.ProxyPurge proxy) {
        return proxy.acknowledged()
                ? new ProxyResult(proxy.proxy(), ProxyPurgeState.COMPLETE, proxy.entries(), null)
                : new ProxyResult(proxy.proxy(), ProxyPurgeState.PENDING, null, proxy.problem());
    }

    private static String text(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
