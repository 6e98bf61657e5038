package io.pagecache.operator.hooks;

import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.api.v1alpha1.PurgingSpec.Hook;
import io.pagecache.api.v1alpha1.PurgingSpec.HookEvent;
import io.pagecache.operator.observe.PurgeProgress;
import io.pagecache.operator.push.ProxyReport;
import io.pagecache.plan.PurgeLedger;
import io.pagecache.plan.PurgeOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a hook has to be told: the purges after the last it was told of, up to the first that the proxies have not applied. Told earlier, a
 * CDN would fetch the old page from them again. A purge that a proxy does not acknowledge in its time is told of all the same.
 *
 * @param upTo the last purge that is dealt with once the message is delivered
 * @param message without events when there is nothing to say
 */
record HookBacklog(long upTo, HookMessage message) {

    static HookBacklog of(PageCachePolicy policy, Hook hook, PurgeLedger ledger, long told, Due due) {
        List<HookMessage.Event> events = new ArrayList<>();
        long upTo = told;
        long oldest = ledger.lastSequence() - ledger.orders().size() + 1;
        boolean missed = told + 1 < oldest;
        for (PurgeOrder order : ledger.orders()) {
            if (order.sequence() <= told) {
                continue;
            }
            PurgeProgress progress = PurgeProgress.of(order, due.reports());
            if (!due.isDue(order, progress)) {
                break;
            }
            upTo = order.sequence();
            if (hook.events().contains(order.cutOver() == null ? HookEvent.PURGE : HookEvent.CUT_OVER)) {
                events.add(HookMessage.event(order, progress.summary()));
            }
        }
        String name =
                policy.getMetadata().getNamespace() + "/" + policy.getMetadata().getName();
        return new HookBacklog(upTo, new HookMessage(name, policy.getSpec().hosts(), missed, events));
    }

    boolean isSilent() {
        return message.events().isEmpty();
    }

    /** When a purge may be told of. */
    record Due(List<ProxyReport> reports, Duration deadline, Instant now) {
        private boolean isDue(PurgeOrder order, PurgeProgress progress) {
            PurgeOrder.CutOver cutOver = order.cutOver();
            boolean hasHappened = cutOver == null || !now.isBefore(cutOver.at());
            return hasHappened && (progress.isComplete() || progress.isOverdue(deadline, now));
        }
    }
}
