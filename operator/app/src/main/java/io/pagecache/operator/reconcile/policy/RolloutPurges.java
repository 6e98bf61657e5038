package io.pagecache.operator.reconcile.policy;

import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.api.v1alpha1.PurgingSpec.RolloutPurge;
import io.pagecache.operator.compile.PurgeCompiler;
import io.pagecache.operator.config.OperatorConfig;
import io.pagecache.operator.desired.PolicyChildren;
import io.pagecache.operator.ledger.LedgerPage;
import io.pagecache.operator.ledger.LedgerStore;
import io.pagecache.operator.policy.PurgeGrammar;
import io.pagecache.operator.resolve.UnresolvedRef;
import io.pagecache.operator.rollout.WorkloadReader;
import io.pagecache.operator.rollout.WorkloadState;
import io.pagecache.plan.PurgeOrder;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Purges when the rollout of a workload is complete. Which version was purged for stands beside the ledger, written together with the
 * order; that a rollout has begun stands there, too, so that one which is taken back half-way purges as well: pods of the version that
 * was given up have answered. A restart of the operator in the middle changes nothing.
 */
@Singleton
public class RolloutPurges {
    /** In place of a version: another one than the last has begun, and none is complete since. */
    private static final String UNDER_WAY = "under way";

    private static final int LOOKS_PER_RESYNC = 3;
    private static final String TOKEN = "rollout of ";

    private final WorkloadReader workloads;
    private final LedgerStore ledgers;
    private final RolloutNews news;
    private final OperatorConfig config;
    private final Clock clock;

    public RolloutPurges(
            WorkloadReader workloads, LedgerStore ledgers, RolloutNews news, OperatorConfig config, Clock clock) {
        this.workloads = workloads;
        this.ledgers = ledgers;
        this.news = news;
        this.config = config;
        this.clock = clock;
    }

    /**
     * @param missing each workload that does not exist
     * @param nextLook until somebody must look at the workloads again; empty without any
     */
    record Outcome(LedgerPage page, List<UnresolvedRef> missing, Optional<Duration> nextLook) {}

    /** The page with an order for each rollout that is complete since. */
    Outcome takeUp(PageCachePolicy policy, LedgerPage page) {
        String namespace = policy.getMetadata().getNamespace();
        Map<RolloutPurge, WorkloadState> seen = new LinkedHashMap<>();
        policy.getSpec().purging().onRolloutOf().forEach(purge -> seen.put(purge, workloads.read(namespace, purge)));
        Instant now = clock.instant();
        LedgerPage after = page;
        if (!next(page, seen, now).equals(page)) {
            AtomicReference<LedgerPage> basis = new AtomicReference<>(page);
            after = ledgers.update(PolicyChildren.of(policy), current -> {
                        basis.set(current);
                        return next(current, seen, now);
                    })
                    .orElse(page);
            news.announce(policy, ordersSince(basis.get(), after));
        }
        return new Outcome(after, missing(namespace, seen), nextLook(seen, after));
    }

    static LedgerPage next(LedgerPage page, Map<RolloutPurge, WorkloadState> seen, Instant now) {
        Map<String, String> versions = new TreeMap<>();
        LedgerPage result = page;
        for (Map.Entry<RolloutPurge, WorkloadState> entry : seen.entrySet()) {
            RolloutPurge purge = entry.getKey();
            String workload = nameOf(purge);
            String before = page.taken().rollouts().get(workload);
            switch (entry.getValue()) {
                case WorkloadState.Absent() -> remember(versions, workload, before);
                case WorkloadState.Rolling(String version) ->
                    versions.put(workload, version.equals(before) ? version : UNDER_WAY);
                case WorkloadState.Complete(String version) -> {
                    versions.put(workload, version);
                    if (before != null && !before.equals(version)) {
                        PurgeGrammar.Parsed what = PurgeCompiler.compile(purge);
                        result = result.orderAgain(TOKEN + workload + " " + now, what.mode(), what.scopes(), now);
                    }
                }
            }
        }
        return versions.equals(page.taken().rollouts()) ? result : result.rememberRollouts(versions);
    }

    private static void remember(Map<String, String> versions, String workload, @Nullable String before) {
        if (before != null) {
            versions.put(workload, before);
        }
    }

    private static List<PurgeOrder> ordersSince(LedgerPage before, LedgerPage after) {
        return after.ledger().orders().stream()
                .filter(order -> order.sequence() > before.ledger().lastSequence())
                .toList();
    }

    private static List<UnresolvedRef> missing(String namespace, Map<RolloutPurge, WorkloadState> seen) {
        return seen.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof WorkloadState.Absent)
                .map(entry -> new UnresolvedRef(
                        UnresolvedRef.Missing.WORKLOAD,
                        "%s %s/%s does not exist."
                                .formatted(
                                        entry.getKey().kind(),
                                        namespace,
                                        entry.getKey().name())))
                .toList();
    }

    private Optional<Duration> nextLook(Map<RolloutPurge, WorkloadState> seen, LedgerPage page) {
        if (seen.isEmpty()) {
            return Optional.empty();
        }
        boolean underWay = page.taken().rollouts().containsValue(UNDER_WAY);
        Duration pause = config.passes().resync().dividedBy(LOOKS_PER_RESYNC);
        Duration quick = config.passes().quick();
        return Optional.of(underWay || pause.compareTo(quick) < 0 ? quick : pause);
    }

    private static String nameOf(RolloutPurge purge) {
        return purge.kind() + " " + purge.name();
    }
}
