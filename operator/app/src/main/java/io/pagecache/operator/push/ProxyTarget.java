package io.pagecache.operator.push;

import io.pagecache.operator.warm.WarmUpTarget;
import io.pagecache.plan.CachePlan;
import io.pagecache.plan.Peers;
import io.pagecache.plan.PurgeLedger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The level every proxy of a policy is brought to.
 *
 * @param warmUp null when no proxy is to warm up
 * @param token bearer token of the management port
 * @param peers the other proxies
 */
public record ProxyTarget(
        CachePlan plan, PurgeLedger ledger, @Nullable WarmUpTarget warmUp, String token, Peers peers) {

    /** What all proxies have in common. */
    ProxyTarget(CachePlan plan, PurgeLedger ledger, @Nullable WarmUpTarget warmUp, String token) {
        this(plan, ledger, warmUp, token, Peers.NONE);
    }

    /** The target of one of these pods: it is told of all the others. */
    ProxyTarget besides(List<ProxyPod> pods, ProxyPod self) {
        List<String> others = new ArrayList<>();
        for (ProxyPod pod : pods) {
            String address = pod.address();
            if (pod.running() && address != null && !pod.uid().equals(self.uid())) {
                others.add((address.contains(":") ? "[" + address + "]" : address) + ":" + ManagementClient.PORT);
            }
        }
        return new ProxyTarget(plan, ledger, warmUp, token, new Peers(others));
    }

    /** A record prints its components; this one holds a credential. */
    @Override
    public String toString() {
        return "ProxyTarget[%s, purge %d]".formatted(plan.revision(), ledger.lastSequence());
    }
}
