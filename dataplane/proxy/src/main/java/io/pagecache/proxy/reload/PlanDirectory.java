package io.pagecache.proxy.reload;

import io.pagecache.plan.CachePlan;
import io.pagecache.plan.InvalidPlanException;
import io.pagecache.plan.PurgeLedger;
import io.pagecache.proxy.files.WatchedFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Follows the directory with {@code plan.json} and {@code purges.json}. Looking at it regularly is slower than file events by a
 * second and misses nothing: events differ between file systems and get lost at the swap of a ConfigMap's link.
 */
public final class PlanDirectory {
    private final WatchedFile planFile;
    private final WatchedFile purgesFile;
    private final PlanReloader plans;
    private final PurgeFollower purges;

    public PlanDirectory(Path directory, PlanReloader plans, PurgeFollower purges) {
        this.planFile = new WatchedFile(directory.resolve("plan.json"));
        this.purgesFile = new WatchedFile(directory.resolve("purges.json"));
        this.plans = plans;
        this.purges = purges;
    }

    /** Takes up what has changed. Blocks for the reading and for the purges. */
    public synchronized void look() {
        lookAtPlan();
        lookAtPurges();
    }

    private void lookAtPlan() {
        try {
            byte[] json = planFile.changed();
            if (json != null) {
                plans.fromFile(WireJson.read(json, CachePlan.class));
            }
        } catch (InvalidPlanException | IOException e) {
            plans.reject("plan.json: " + e.getMessage());
        }
    }

    private void lookAtPurges() {
        try {
            byte[] json = purgesFile.changed();
            if (json != null) {
                purges.follow(WireJson.read(json, PurgeLedger.class));
            } else if (!purgesFile.exists() && !purges.hasCaughtUp()) {
                purges.follow(PurgeLedger.EMPTY);
            }
        } catch (InvalidPlanException | IOException e) {
            purges.reject("purges.json: " + e.getMessage());
        }
    }
}
