package io.pagecache.proxy.reload;

import io.pagecache.plan.PurgeOrder;
import io.pagecache.plan.PurgeScope;
import io.pagecache.proxy.elements.KeptValues;
import io.pagecache.proxy.serve.ActivePlan;
import io.pagecache.proxy.serve.PlanHolder;
import io.pagecache.purge.PurgeOutcome;
import io.pagecache.purge.Purgeable;
import io.pagecache.store.PageStore;
import java.time.Instant;
import java.util.Set;

/** A purge of all that this proxy keeps: pages, and the values that they are filled in with. */
public final class PurgeOfAll implements Purgeable {
    private final PageStore pages;
    private final KeptValues values;
    private final PlanHolder plans;

    public PurgeOfAll(PageStore pages, KeptValues values, PlanHolder plans) {
        this.pages = pages;
        this.values = values;
        this.plans = plans;
    }

    @Override
    public PurgeOutcome purge(PurgeOrder order, Instant now) {
        for (PurgeScope scope : order.scopes()) {
            switch (scope) {
                case PurgeScope.All all -> values.clear();
                case PurgeScope.User(String user) -> values.forgetUser(user);
                case PurgeScope.Element(String name) -> values.forget(valuesNamed(name));
                case PurgeScope.Url url -> {}
                case PurgeScope.Prefix prefix -> {}
                case PurgeScope.Regex regex -> {}
                case PurgeScope.Tag tag -> {}
                case PurgeScope.OlderThan older -> {}
            }
        }
        return pages.purge(order, now);
    }

    private Set<String> valuesNamed(String name) {
        ActivePlan plan = plans.current();
        return plan == null ? Set.of(name) : plan.renderer().valuesNamed(name);
    }
}
