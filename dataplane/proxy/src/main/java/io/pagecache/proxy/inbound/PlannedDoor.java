package io.pagecache.proxy.inbound;

import io.pagecache.plan.CachePlan;
import io.pagecache.plan.Listener;
import io.pagecache.proxy.door.DoorRules;
import io.pagecache.proxy.serve.ActivePlan;
import io.pagecache.proxy.serve.PlanHolder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The rules of the door by the plan in force, worked out once for each plan. */
final class PlannedDoor implements Supplier<DoorRules> {
    private static final DoorRules NO_PLAN = rules(Listener.DEFAULT, new ClientResolver(java.util.List.of()));

    private record Known(@Nullable ActivePlan plan, boolean open, DoorRules rules) {}

    private final PlanHolder plans;
    private volatile boolean open;
    private volatile Known latest = new Known(null, false, NO_PLAN);

    PlannedDoor(PlanHolder plans) {
        this.plans = plans;
    }

    /** Before this the proxy is its only client, and sends no PROXY protocol header. */
    void open() {
        open = true;
    }

    boolean isOpen() {
        return open;
    }

    @Override
    public DoorRules get() {
        ActivePlan active = plans.current();
        Known known = latest;
        if (known.plan() != active || known.open() != open) {
            known = new Known(active, open, active == null ? NO_PLAN : rules(active.plan(), open));
            latest = known;
        }
        return known.rules();
    }

    private static DoorRules rules(CachePlan plan, boolean isOpen) {
        DoorRules rules = rules(plan.listener(), new ClientResolver(plan.trustedProxies()));
        return isOpen
                ? rules
                : new DoorRules(rules.clearTextHttp2(), rules.tlsHttp2(), nobody -> false, rules.maxConnections());
    }

    private static DoorRules rules(Listener listener, ClientResolver peers) {
        boolean fromTrusted = listener.proxyProtocol() == Listener.ProxyProtocol.FROM_TRUSTED;
        return new DoorRules(
                listener.http2() == Listener.Http2.ALWAYS,
                listener.http2() != Listener.Http2.NEVER,
                peer -> fromTrusted && peers.isTrusted(peer),
                listener.maxConnections());
    }
}
