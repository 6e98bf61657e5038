package io.pagecache.operator.warm;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a policy's warm-up should be now, and what has to be remembered for the next time.
 *
 * @param target null as long as nothing has asked for one
 * @param annotation the annotation's value that was taken up last
 * @param purgeSequence number of the newest purge that was taken into account
 * @param nextAt when the schedule begins the next one, or null without one
 */
public record WarmUpDecision(
        @Nullable WarmUpTarget target,
        @Nullable String annotation,
        long purgeSequence,
        @Nullable Instant nextAt) {

    /** What the next decision needs to know of this one. */
    public WarmUpMemory memory() {
        WarmUpMemory.Run run = target == null
                ? null
                : new WarmUpMemory.Run(target.order().id(), target.requestedAt(), target.cancelled());
        return new WarmUpMemory(run, annotation, purgeSequence);
    }
}
