package io.pagecache.operator.warm;

import io.pagecache.api.v1alpha1.PageCachePolicyStatus.WarmUp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a decision leaves for the next one.
 *
 * @param run the newest run, or null before the first
 * @param annotation the annotation's value that was taken up last
 * @param purgeSequence number of the newest purge that was taken into account, or null before the first decision
 */
public record WarmUpMemory(
        @Nullable Run run,
        @Nullable String annotation,
        @Nullable Long purgeSequence) {
    public static final WarmUpMemory NONE = new WarmUpMemory(null, null, null);

    /** @param id follows from what began the run */
    public record Run(String id, Instant requestedAt, boolean cancelled) {
        Run cancel() {
            return new Run(id, requestedAt, true);
        }
    }

    /** What a status remembers. */
    public static WarmUpMemory of(@Nullable WarmUp status) {
        if (status == null) {
            return NONE;
        }
        String id = status.id();
        String requestedAt = status.requestedAt();
        Run run = id == null || requestedAt == null
                ? null
                : new Run(id, Instant.parse(requestedAt), Boolean.TRUE.equals(status.cancelled()));
        return new WarmUpMemory(run, status.annotation(), status.purgeSequence());
    }
}
