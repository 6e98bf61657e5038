package io.pagecache.operator.warm;

import io.pagecache.plan.ProxyState;
import io.pagecache.plan.WarmUpOrder;
import io.pagecache.plan.WarmUpProgress;
import java.time.Instant;

/**
 * The warm-up that every proxy should have been through.
 *
 * @param requestedAt when it was ordered
 * @param onStart whether proxies that started later take part too
 * @param cancelled whether it is to end where it stands
 */
public record WarmUpTarget(WarmUpOrder order, Instant requestedAt, boolean onStart, boolean cancelled) {

    /** What a proxy is still to be told. */
    public enum Step {
        NOTHING,
        BEGIN,
        CANCEL
    }

    public Step stepFor(ProxyState proxy) {
        WarmUpProgress progress = proxy.warmUp();
        if (progress == null || !progress.id().equals(order.id())) {
            return cancelled || !takesPart(proxy) ? Step.NOTHING : Step.BEGIN;
        }
        return cancelled && progress.state() == WarmUpProgress.State.RUNNING ? Step.CANCEL : Step.NOTHING;
    }

    public boolean takesPart(ProxyState proxy) {
        return onStart || proxy.startedAt().isBefore(requestedAt);
    }
}
