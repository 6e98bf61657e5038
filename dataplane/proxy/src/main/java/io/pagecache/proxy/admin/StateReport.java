package io.pagecache.proxy.admin;

import io.pagecache.plan.ProxyState;
import io.pagecache.plan.ProxyState.CertificateState;
import io.pagecache.proxy.author.AuthorSessions;
import io.pagecache.proxy.reload.PlanReloader;
import io.pagecache.proxy.reload.PurgeFollower;
import io.pagecache.proxy.serve.ActivePlan;
import io.pagecache.proxy.serve.PlanHolder;
import io.pagecache.proxy.warm.WarmUps;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** What this proxy runs, for the operator to compare with what it should. */
public final class StateReport {
    private final PlanHolder plan;
    private final PlanReloader reloader;
    private final PurgeFollower purges;
    private final WarmUps warmUps;
    private final AuthorSessions authors;
    private final Supplier<List<CertificateState>> certificates;
    private final InstantSource clock;
    private final Instant startedAt;

    public StateReport(
            PlanHolder plan,
            PlanReloader reloader,
            PurgeFollower purges,
            WarmUps warmUps,
            AuthorSessions authors,
            Supplier<List<CertificateState>> certificates,
            InstantSource clock) {
        this.plan = plan;
        this.reloader = reloader;
        this.purges = purges;
        this.warmUps = warmUps;
        this.authors = authors;
        this.certificates = certificates;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    public ProxyState report() {
        ActivePlan current = plan.current();
        return new ProxyState(
                current == null ? null : current.plan().revision(),
                purges.sequence(),
                purges.recent(),
                startedAt,
                current == null ? null : current.origin().health().failingSince(),
                reloader.rejection() != null ? reloader.rejection() : purges.rejection(),
                warmUps.progress(),
                clock.instant(),
                authors.roll(),
                authors.peers().addresses(),
                certificates.get());
    }

    /** A valid plan is in force and every purge known of is done. Whether the origin answers does not matter. */
    public boolean isReadyToServe() {
        return plan.current() != null && purges.hasCaughtUp();
    }
}
