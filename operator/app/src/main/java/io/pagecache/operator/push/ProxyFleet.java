package io.pagecache.operator.push;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.pagecache.operator.warm.WarmUpTarget;
import io.pagecache.plan.AuthorRoll;
import io.pagecache.plan.CachePlan;
import io.pagecache.plan.ProxyStats;
import io.pagecache.plan.PurgeLedger;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The proxies of a policy as the reconcilers see them: to be brought to one level, each answering for itself. */
@Singleton
public class ProxyFleet {
    private final ManagementTokens tokens;
    private final PlanPusher pusher;

    public ProxyFleet(ManagementTokens tokens, PlanPusher pusher) {
        this.tokens = tokens;
        this.pusher = pusher;
    }

    /** Makes sure that the Secret exists which every pod mounts. */
    public void prepare(HasMetadata policy) {
        tokens.tokenOf(policy);
    }

    /** Sends what is missing to all pods at once and returns what they then report. */
    public List<ProxyReport> bringUp(
            HasMetadata policy, List<ProxyPod> pods, CachePlan plan, PurgeLedger ledger, @Nullable WarmUpTarget warmUp)
            throws InterruptedException {
        return pusher.push(pods, new ProxyTarget(plan, ledger, warmUp, tokens.tokenOf(policy)));
    }

    /** Tells the proxies that do not know it yet who edits, and of the ledger's newest orders. */
    public void share(
            HasMetadata policy, List<ProxyReport> reports, CachePlan plan, PurgeLedger ledger, AuthorRoll roll)
            throws InterruptedException {
        pusher.share(reports, new ProxyTarget(plan, ledger, null, tokens.tokenOf(policy)), roll);
    }

    /** What the running pods have counted, by the pod's uid; those that do not answer are left out. */
    public Map<String, ProxyStats> statistics(HasMetadata policy, List<ProxyPod> pods) throws InterruptedException {
        return pusher.statistics(pods, tokens.tokenOf(policy));
    }
}
