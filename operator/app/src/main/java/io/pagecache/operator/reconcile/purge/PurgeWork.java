package io.pagecache.operator.reconcile.purge;

import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.api.v1alpha1.PageCachePurge;
import io.pagecache.operator.compile.PurgeCompiler;
import io.pagecache.operator.desired.PolicyChildren;
import io.pagecache.operator.ledger.LedgerPage;
import io.pagecache.operator.ledger.LedgerStore;
import io.pagecache.operator.observe.PurgeProgress;
import io.pagecache.operator.policy.PurgeGrammar;
import io.pagecache.operator.policy.PurgeSpecChecks;
import io.pagecache.operator.policy.Verdict;
import io.pagecache.operator.push.ProxyFleet;
import io.pagecache.operator.push.ProxyReport;
import io.pagecache.operator.status.PurgeStep;
import io.pagecache.plan.CachePlan;
import io.pagecache.plan.PurgeOrder;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Moves one purge forward. Its uid is its token in the ledger, so that it is ordered once however often this runs; once the status
 * shows a time of request it is not ordered again, even when later orders have pushed it out of the ledger.
 */
@Singleton
public class PurgeWork {
    private final PurgeTarget target;
    private final LedgerStore ledgers;
    private final ProxyFleet fleet;
    private final Clock clock;

    public PurgeWork(PurgeTarget target, LedgerStore ledgers, ProxyFleet fleet, Clock clock) {
        this.target = target;
        this.ledgers = ledgers;
        this.fleet = fleet;
        this.clock = clock;
    }

    PurgeStep advance(PageCachePurge purge) throws InterruptedException {
        if (PurgeSpecChecks.check(purge.getSpec()) instanceof Verdict.Rejected rejected) {
            return new PurgeStep.Refused(rejected.reason().text(), rejected.message());
        }
        Optional<PageCachePolicy> policy = target.policyOf(purge);
        if (policy.isEmpty()) {
            return new PurgeStep.Waiting(
                    "PolicyNotFound",
                    "PageCachePolicy %s/%s does not exist; it is waited for."
                            .formatted(
                                    purge.getMetadata().getNamespace(),
                                    purge.getSpec().policyRef().name()));
        }
        Optional<CachePlan> plan = target.planOf(policy.get());
        Optional<LedgerPage> page = plan.isEmpty() ? Optional.empty() : order(purge, policy.get());
        return page.isEmpty()
                ? new PurgeStep.Waiting("DeadlineExceeded", "The policy has no plan yet, and with that no proxies.")
                : push(purge, policy.get(), plan.get(), page.get());
    }

    private Optional<LedgerPage> order(PageCachePurge purge, PageCachePolicy policy) {
        PurgeGrammar.Parsed parsed = PurgeCompiler.compile(purge.getSpec());
        String token = purge.getMetadata().getUid();
        return ledgers.update(
                PolicyChildren.of(policy),
                page -> wasOrdered(purge) ? page : page.order(token, parsed.mode(), parsed.scopes(), clock.instant()));
    }

    private PurgeStep push(PageCachePurge purge, PageCachePolicy policy, CachePlan plan, LedgerPage page)
            throws InterruptedException {
        List<ProxyReport> reports = fleet.bringUp(policy, target.podsOf(policy), plan, page.ledger(), null);
        LedgerPage mended = ledgers.mended(PolicyChildren.of(policy), page, ProxyReport.highestPurge(reports));
        PurgeOrder order = mended.find(purge.getMetadata().getUid()).orElseGet(() -> standIn(purge, mended));
        return new PurgeStep.Ordered(PurgeProgress.of(order, reports));
    }

    /** The order itself is gone from the ledger; who has caught up with all of it has applied that one too. */
    private static PurgeOrder standIn(PageCachePurge purge, LedgerPage page) {
        PurgeGrammar.Parsed parsed = PurgeCompiler.compile(purge.getSpec());
        return new PurgeOrder(
                Math.max(1, page.ledger().lastSequence()),
                purge.getMetadata().getUid(),
                parsed.mode(),
                parsed.scopes(),
                requestedAt(purge)
                        .orElseGet(() -> Instant.parse(purge.getMetadata().getCreationTimestamp())));
    }

    private static boolean wasOrdered(PageCachePurge purge) {
        return requestedAt(purge).isPresent();
    }

    private static Optional<Instant> requestedAt(PageCachePurge purge) {
        return Optional.ofNullable(purge.getStatus())
                .flatMap(status -> Optional.ofNullable(status.requestedAt()))
                .map(Instant::parse);
    }
}
