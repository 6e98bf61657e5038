package io.pagecache.proxy.serve;

import io.pagecache.plan.CachePlan;
import io.pagecache.plan.InvalidPlanException;
import io.pagecache.proxy.elements.ElementBatch;
import io.pagecache.proxy.origin.Clocks;
import io.pagecache.proxy.origin.OriginAuthorities;
import io.pagecache.proxy.origin.OriginClient;
import io.pagecache.proxy.origin.OriginHealth;
import io.pagecache.proxy.origin.OriginTraffic;
import io.pagecache.store.PageStore;
import io.pagecache.store.StoreBudget;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Makes plans ready to serve. Connections to the origin outlive a change of plan unless the origin itself changes. */
public final class PlanCompiler {
    /** Requests that took up the old plan just before the swap may still ask its origin. */
    private static final long GRACE_SECONDS = 30;

    private final ElementBatch.Services elements;
    private final Origins origins;
    private final PageStore store;
    private final Clocks clocks;
    private final DoubleSupplier chance;

    /** What all origins have in common. */
    public record Origins(OriginAuthorities authorities, OriginTraffic traffic) {}

    /** @param chance yields numbers from 0.0 to below 1.0 */
    public PlanCompiler(
            ElementBatch.Services elements, Origins origins, PageStore store, Clocks clocks, DoubleSupplier chance) {
        this.elements = elements;
        this.origins = origins;
        this.store = store;
        this.clocks = clocks;
        this.chance = chance;
    }

    /** @throws InvalidPlanException when the plan must not be run; then nothing has changed */
    public ActivePlan compile(CachePlan plan, @Nullable ActivePlan before) {
        Vertx vertx = elements.vertx();
        OriginClient former = before == null ? null : before.origin();
        OriginClient origin = former != null && former.origin().equals(plan.origin())
                ? former
                : new OriginClient(
                        vertx,
                        plan.origin(),
                        origins.authorities(),
                        new OriginClient.Books(new OriginHealth(), origins.traffic(), clocks));
        try {
            ActivePlan active = ActivePlan.compile(plan, ElementBatch.of(plan.pages(), elements), origin, chance);
            store.resize(StoreBudget.of(plan));
            elements.stores().keepOnly(plan.pages());
            elements.remote().keepOnly(plan.pages());
            if (former != null && former != origin) {
                vertx.setTimer(TimeUnit.SECONDS.toMillis(GRACE_SECONDS), later -> former.retire());
            }
            return active;
        } catch (InvalidPlanException refused) {
            if (former != origin) {
                origin.retire();
            }
            throw refused;
        }
    }
}
