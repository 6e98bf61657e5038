package io.pagecache.operator.http;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.operator.config.OperatorConfig;
import io.pagecache.operator.desired.PolicyChildren;
import io.pagecache.operator.ledger.LedgerPage;
import io.pagecache.operator.ledger.LedgerStore;
import io.pagecache.operator.observe.PurgeProgress;
import io.pagecache.operator.push.ProxyFleet;
import io.pagecache.operator.push.ProxyReport;
import io.pagecache.operator.reconcile.purge.PurgeTarget;
import io.pagecache.plan.CachePlan;
import io.pagecache.plan.PurgeOrder;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Carries out purges that were called for by HTTP. Any replica of the operator may: the ledger is written by compare-and-swap, and
 * pushing it twice changes nothing. What the caller does not wait for, the leader's passes see through.
 */
@Singleton
public class PurgeDesk {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final PurgeTarget target;
    private final LedgerStore ledgers;
    private final ProxyFleet fleet;
    private final OperatorConfig config;
    private final Clock clock;

    @Inject
    public PurgeDesk(PromptCluster cluster, ProxyFleet fleet, OperatorConfig config, Clock clock) {
        this.target = new PurgeTarget(cluster.client());
        this.ledgers = new LedgerStore(cluster.client());
        this.fleet = fleet;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Orders the purge, tells the proxies, and waits as long as the call says.
     *
     * @throws KubernetesClientException when the API server did not answer before the order was stored
     */
    PurgeAnswer take(PurgeCall call, String user) throws InterruptedException {
        boolean isServed = config.namespaces()
                .filter(namespaces -> !namespaces.contains(call.namespace()))
                .isEmpty();
        Optional<PageCachePolicy> policy = isServed ? target.policy(call.namespace(), call.policy()) : Optional.empty();
        if (policy.isEmpty()) {
            return new PurgeAnswer.Refused(
                    Outcome.NOT_FOUND,
                    "policy",
                    "PageCachePolicy %s/%s does not exist, or this operator does not serve its namespace"
                            .formatted(call.namespace(), call.policy()));
        }
        Optional<String> misled = Optional.ofNullable(call.returnTo())
                .flatMap(link ->
                        ReturnLink.problemOf(link, policy.get().getSpec().hosts()));
        return misled.isPresent()
                ? new PurgeAnswer.Refused(Outcome.INVALID, "return", misled.get())
                : order(call, user, policy.get());
    }

    private PurgeAnswer order(PurgeCall call, String user, PageCachePolicy policy) throws InterruptedException {
        String token =
                "http " + user + " " + (call.key() == null ? UUID.randomUUID().toString() : call.key());
        Optional<CachePlan> plan = target.planOf(policy);
        Optional<LedgerPage> page = plan.isEmpty()
                ? Optional.empty()
                : ledgers.update(
                        PolicyChildren.of(policy),
                        current -> current.order(
                                token, call.what().mode(), call.what().scopes(), clock.instant()));
        Optional<PurgeOrder> order = page.flatMap(stored -> stored.find(token));
        if (plan.isEmpty() || order.isEmpty()) {
            return new PurgeAnswer.Refused(
                    Outcome.WITHOUT_PLAN, "policy", "has no plan yet, so there is no proxy to purge");
        }
        try {
            return follow(call, policy, plan.get(), page.get(), order.get());
        } catch (KubernetesClientException e) {
            return new PurgeAnswer.Ordered(
                    order.get().sequence(), false, "", 0, List.of("the API server does not answer any more"));
        }
    }

    private PurgeAnswer.Ordered follow(
            PurgeCall call, PageCachePolicy policy, CachePlan plan, LedgerPage page, PurgeOrder stored)
            throws InterruptedException {
        Instant until = clock.instant().plus(call.patience());
        LedgerPage known = page;
        PurgeOrder order = stored;
        while (true) {
            List<ProxyReport> reports = fleet.bringUp(policy, target.podsOf(policy), plan, known.ledger(), null);
            known = ledgers.mended(PolicyChildren.of(policy), known, ProxyReport.highestPurge(reports));
            order = known.find(order.token()).orElse(order);
            PurgeProgress progress = PurgeProgress.of(order, reports);
            if (progress.isComplete() || !clock.instant().isBefore(until)) {
                return new PurgeAnswer.Ordered(
                        order.sequence(),
                        progress.isComplete(),
                        progress.summary(),
                        progress.entries(),
                        progress.failures());
            }
            TimeUnit.MILLISECONDS.sleep(Math.min(config.passes().quick().toMillis(), LONGEST_PAUSE.toMillis()));
        }
    }
}
