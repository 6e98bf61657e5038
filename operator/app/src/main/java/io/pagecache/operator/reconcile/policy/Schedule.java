package io.pagecache.operator.reconcile.policy;

import io.pagecache.operator.status.AuthorStanding;
import java.time.Duration;
import java.util.Optional;

/**
 * What has its own time.
 *
 * @param nextBypass until the next bypass ends that is purged for
 */
record Schedule(AuthorStanding authors, Optional<Duration> nextBypass) {

    /** The first of these times and another one. */
    Optional<Duration> first(Optional<Duration> other) {
        return earlier(earlier(authors.nextLook(), nextBypass), other);
    }

    private static Optional<Duration> earlier(Optional<Duration> a, Optional<Duration> b) {
        return a.isPresent() && b.isPresent()
                ? Optional.of(a.get().compareTo(b.get()) <= 0 ? a.get() : b.get())
                : a.or(() -> b);
    }
}
