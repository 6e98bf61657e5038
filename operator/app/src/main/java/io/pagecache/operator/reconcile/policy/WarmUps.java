package io.pagecache.operator.reconcile.policy;

import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.operator.warm.WarmUpDecider;
import io.pagecache.operator.warm.WarmUpDecision;
import io.pagecache.operator.warm.WarmUpMemory;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/** The warm-up that a policy wants at this moment. */
@Singleton
public class WarmUps {
    private final Clock clock;

    public WarmUps(Clock clock) {
        this.clock = clock;
    }

    /** @param purges number of the newest purge in the ledger */
    Optional<WarmUpDecision> decide(PageCachePolicy policy, long purges) {
        var status = policy.getStatus();
        WarmUpMemory before = WarmUpMemory.of(status == null ? null : status.warmUp());
        return WarmUpDecider.decide(policy, before, purges, clock.instant());
    }
}
