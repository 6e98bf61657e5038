package io.pagecache.operator.status;

import io.pagecache.api.v1alpha1.PageCachePolicyStatus.Authors;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a policy's authors stand.
 *
 * @param report for the status, or null for a policy that tells no authors apart
 * @param nextLook when to look again, empty when the regular pass is soon enough
 */
public record AuthorStanding(@Nullable Authors report, Optional<Duration> nextLook) {
    public static final AuthorStanding NONE = new AuthorStanding(null, Optional.empty());
}
