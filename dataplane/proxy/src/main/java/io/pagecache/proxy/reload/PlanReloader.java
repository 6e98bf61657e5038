package io.pagecache.proxy.reload;

import io.pagecache.plan.CachePlan;
import io.pagecache.plan.InvalidPlanException;
import io.pagecache.proxy.serve.ActivePlan;
import io.pagecache.proxy.serve.PlanHolder;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BiFunction;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Swaps plans in while requests are served.
 *
 * <p>A plan comes by two ways: pushed by the operator at once, and as a file that the cluster brings some time later. Revisions
 * are hashes and have no order, so a late file could undo a newer push. Therefore the revisions that pushes have replaced are
 * remembered, and a file that brings one of those is known to be late and ignored. When a push itself brings one again, somebody
 * went back to it on purpose.
 *
 * <p>The page store outlives a swap. Stored pages keep the lifetime they were given; rules, keys and elements of the new plan
 * apply from the next request on.
 */
public final class PlanReloader {
    private static final Logger LOG = Logger.getLogger(PlanReloader.class);
    private static final int REMEMBERED = 64;

    private final PlanHolder holder;
    private final BiFunction<CachePlan, @Nullable ActivePlan, ActivePlan> compiler;
    private final Set<String> replacedByPush = new LinkedHashSet<>();
    private volatile @Nullable String rejection;

    /** @param compiler makes a plan ready to serve, given the one before it; throws {@link InvalidPlanException} */
    public PlanReloader(PlanHolder holder, BiFunction<CachePlan, @Nullable ActivePlan, ActivePlan> compiler) {
        this.holder = holder;
        this.compiler = compiler;
    }

    /** @throws InvalidPlanException when the plan must not be run; the one in force stays */
    public synchronized void push(CachePlan plan) {
        ActivePlan before = holder.current();
        install(plan, "push");
        replacedByPush.remove(plan.revision());
        if (before != null && !before.plan().revision().equals(plan.revision())) {
            remember(before.plan().revision());
        }
    }

    /** @throws InvalidPlanException when the plan must not be run; the one in force stays */
    public synchronized void fromFile(CachePlan plan) {
        if (replacedByPush.contains(plan.revision())) {
            LOG.infof("plan %s in the file is older than the one pushed: ignored", plan.revision());
            return;
        }
        install(plan, "file");
    }

    private void install(CachePlan plan, String source) {
        ActivePlan before = holder.current();
        if (before == null || !before.plan().revision().equals(plan.revision())) {
            try {
                holder.swap(compiler.apply(plan, before));
            } catch (InvalidPlanException e) {
                reject("plan " + plan.revision() + ": " + e.getMessage());
                throw e;
            }
            LOG.infof("plan %s of %s in force (%s)", plan.revision(), plan.policy(), source);
        }
        rejection = null;
    }

    /** Notes that the newest offer was no good. */
    public synchronized void reject(String why) {
        if (!why.equals(rejection)) {
            LOG.warnf("refused %s; the plan in force stays", why);
        }
        rejection = why;
    }

    private void remember(String revision) {
        replacedByPush.add(revision);
        if (replacedByPush.size() > REMEMBERED) {
            replacedByPush.remove(replacedByPush.iterator().next());
        }
    }

    /** Why the newest plan that was offered is not in force, or null. */
    public @Nullable String rejection() {
        return rejection;
    }
}
