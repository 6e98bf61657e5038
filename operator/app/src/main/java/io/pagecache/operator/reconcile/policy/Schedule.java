package io.pagecache.operator.reconcile.policy;

import io.pagecache.operator.status.AuthorStanding;
import java.time.Duration;
import java.util.Optional;

/**
 * What has its own time.
 *
 * @param nextBypass until the next bypass ends that is purged for
 * @param nextRollout until the workloads are looked at again whose rollouts purge
 * @param nextHook until the hooks are looked at again that have not been told of everything
 */
record Schedule(
        AuthorStanding authors,
        Optional<Duration> nextBypass,
        Optional<Duration> nextRollout,
        Optional<Duration> nextHook) {

    /** The first of these times and another one. */
    Optional<Duration> first(Optional<Duration> other) {
        return earlier(earlier(authors.nextLook(), nextBypass), earlier(earlier(nextRollout, nextHook), other));
    }

    private static Optional<Duration> earlier(Optional<Duration> a, Optional<Duration> b) {
        return a.isPresent() && b.isPresent()
                ? Optional.of(a.get().compareTo(b.get()) <= 0 ? a.get() : b.get())
                : a.or(() -> b);
    }
}
