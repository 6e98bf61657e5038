package io.pagecache.proxy.warm;

import io.pagecache.plan.InvalidPlanException;
import io.pagecache.plan.WarmUpOrder;
import io.pagecache.plan.WarmUpProgress;
import io.pagecache.proxy.serve.PageServer;
import io.pagecache.proxy.serve.PageWarmer;
import io.pagecache.proxy.serve.PlanHolder;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The warm-ups of this proxy: one at a time, a newer order ends the one before. */
public final class WarmUps {

    /** What every run needs. */
    public record Surroundings(
            Vertx vertx, PlanHolder plans, PageServer server, PageWarmer warmer, InstantSource clock) {}

    private final Surroundings with;
    private @Nullable WarmUpRun newest;

    public WarmUps(Surroundings with) {
        this.with = with;
    }

    /**
     * Begins, unless a run of that id was begun before.
     *
     * @throws InvalidPlanException when there is no plan in force yet, or the site's host is not one
     */
    public synchronized void order(WarmUpOrder order) {
        if (newest != null && newest.progress().id().equals(order.id())) {
            return;
        }
        if (with.plans().current() == null) {
            throw new InvalidPlanException("id", "came before the first plan: there is nothing to warm up yet");
        }
        Site site = site(order);
        OwnVisits visits = new OwnVisits(site, with.plans(), with.server(), with.warmer());
        WarmUpRun run = new WarmUpRun(order, with.vertx(), with.clock(), visits, site);
        cancel();
        newest = run;
        run.start();
    }

    private static Site site(WarmUpOrder order) {
        try {
            return Site.of(order.site());
        } catch (IllegalArgumentException noHost) {
            throw new InvalidPlanException("site", String.valueOf(noHost.getMessage()));
        }
    }

    /** Ends the run under way, if there is one; what it has fetched stays. */
    public synchronized void cancel() {
        if (newest != null) {
            newest.cancel();
        }
    }

    /** Null before the first order. */
    public synchronized @Nullable WarmUpProgress progress() {
        return newest == null ? null : newest.progress();
    }
}
