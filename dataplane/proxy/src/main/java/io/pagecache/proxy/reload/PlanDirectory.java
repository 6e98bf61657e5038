package io.pagecache.proxy.reload;

import io.pagecache.plan.AuthorRoll;
import io.pagecache.plan.CachePlan;
import io.pagecache.plan.InvalidPlanException;
import io.pagecache.plan.PurgeLedger;
import io.pagecache.proxy.files.WatchedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Follows the directory with {@code plan.json}, {@code purges.json} and {@code authors.json}. Looking at it regularly is slower than file events by a
 * second and misses nothing: events differ between file systems and get lost at the swap of a ConfigMap's link.
 */
public final class PlanDirectory {
    private final WatchedFile planFile;
    private final WatchedFile purgesFile;
    private final PlanReloader plans;
    private final WatchedFile authorsFile;
    private final PurgeFollower purges;
    private final Consumer<AuthorRoll> authors;

    /** @param authors told of the roll in {@code authors.json} */
    public PlanDirectory(Path directory, PlanReloader plans, PurgeFollower purges, Consumer<AuthorRoll> authors) {
        this.planFile = new WatchedFile(directory.resolve("plan.json"));
        this.purgesFile = new WatchedFile(directory.resolve("purges.json"));
        this.plans = plans;
        this.authorsFile = new WatchedFile(directory.resolve("authors.json"));
        this.purges = purges;
        this.authors = authors;
    }

    /** Takes up what has changed. Blocks for the reading and for the purges. */
    public synchronized void look() {
        lookAtPlan();
        lookAtPurges();
        lookAtAuthors();
    }

    private void lookAtAuthors() {
        try {
            byte[] json = authorsFile.changed();
            if (json != null) {
                authors.accept(WireJson.read(json, AuthorRoll.class));
            }
        } catch (InvalidPlanException | IOException e) {
            purges.reject("authors.json: " + e.getMessage());
        }
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
