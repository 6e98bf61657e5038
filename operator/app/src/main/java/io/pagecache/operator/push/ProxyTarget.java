package io.pagecache.operator.push;

import io.pagecache.operator.warm.WarmUpTarget;
import io.pagecache.plan.CachePlan;
import io.pagecache.plan.PurgeLedger;
import org.jspecify.annotations.Nullable;

/**
 * The level every proxy of a policy is brought to.
 *
 * @param warmUp null when no proxy is to warm up
 * @param token bearer token of the management port
 */
public record ProxyTarget(
        CachePlan plan, PurgeLedger ledger, @Nullable WarmUpTarget warmUp, String token) {

    /** A record prints its components; this one holds a credential. */
    @Override
    public String toString() {
        return "ProxyTarget[%s, purge %d]".formatted(plan.revision(), ledger.lastSequence());
    }
}
