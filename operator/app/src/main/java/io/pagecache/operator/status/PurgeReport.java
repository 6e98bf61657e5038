package io.pagecache.operator.status;

import io.pagecache.api.v1alpha1.PageCachePolicyStatus.Purge;
import io.pagecache.api.v1alpha1.PageCachePolicyStatus.PurgeState;
import io.pagecache.operator.observe.PurgeProgress;
import io.pagecache.operator.push.ProxyReport;
import io.pagecache.plan.PurgeOrder;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The status of the purge that was asked for by annotation. */
public final class PurgeReport {
    private PurgeReport() {}

    /** @param previous what the status says now: a purge once complete stays so, whatever later pods report */
    public static @Nullable Purge of(
            AnnotationPurge purge,
            List<ProxyReport> reports,
            @Nullable Purge previous,
            Duration deadline,
            Instant now) {
        return switch (purge) {
            case AnnotationPurge.None() -> previous;
            case AnnotationPurge.Rejected(String value, String message) ->
                new Purge(value, PurgeState.REJECTED, null, null, null, null, null, message);
            case AnnotationPurge.Waiting(String value) ->
                new Purge(value, PurgeState.PENDING, null, null, null, null, null, "No proxy exists yet.");
            case AnnotationPurge.Ordered(String value, var order)
            when order.isEmpty() || isComplete(previous, value, order.get()) -> previous;
            case AnnotationPurge.Ordered(String value, var order) ->
                progress(value, PurgeProgress.of(order.orElseThrow(), reports), deadline, now);
        };
    }

    /** Whether a pass may find this purge complete that was not so before. */
    public static boolean isOpen(AnnotationPurge purge, @Nullable Purge previous) {
        return purge instanceof AnnotationPurge.Ordered(String value, var order)
                && order.isPresent()
                && !isComplete(previous, value, order.get());
    }

    /** Whether somebody has to look at the purge again soon. */
    public static boolean isOnItsWay(@Nullable Purge purge) {
        return purge != null && (purge.state() == PurgeState.PENDING || purge.state() == PurgeState.FAILED);
    }

    private static boolean isComplete(@Nullable Purge previous, String value, PurgeOrder order) {
        return previous != null
                && previous.state() == PurgeState.COMPLETE
                && value.equals(previous.token())
                && text(order.requestedAt()).equals(previous.requestedAt());
    }

    private static Purge progress(String value, PurgeProgress progress, Duration deadline, Instant now) {
        boolean complete = progress.isComplete();
        boolean overdue = progress.isOverdue(deadline, now);
        return new Purge(
                value,
                complete ? PurgeState.COMPLETE : overdue ? PurgeState.FAILED : PurgeState.PENDING,
                text(progress.order().requestedAt()),
                complete ? text(now) : null,
                progress.summary(),
                progress.entries(),
                complete ? null : progress.failures(),
                overdue ? "Not acknowledged by every proxy within %ds.".formatted(deadline.toSeconds()) : null);
    }

    private static String text(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
