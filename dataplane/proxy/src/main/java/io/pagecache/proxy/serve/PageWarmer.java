package io.pagecache.proxy.serve;

import io.pagecache.admission.Admission;
import io.pagecache.plan.Rule;
import io.pagecache.proxy.coalesce.FetchCoalescer;
import io.pagecache.proxy.coalesce.FetchCoalescer.Follower;
import io.pagecache.proxy.coalesce.FetchCoalescer.Leader;
import io.pagecache.proxy.coalesce.Settlement;
import io.pagecache.proxy.origin.OriginFailure;
import io.pagecache.reuse.ReuseDecider;
import io.pagecache.reuse.Serving;
import io.pagecache.status.Reason;
import io.pagecache.store.PageStore;
import io.pagecache.store.StoredPage;
import io.pagecache.template.CompiledPage;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Brings pages into the store that no reader waits for, and their fragments. It asks as a reader would and joins a fetch that is
 * under way, but nobody sees a page: one that counts its views does not count this one.
 */
public final class PageWarmer {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final PageStore store;
    private final ReuseDecider reuse;
    private final Ways ways;
    private final InstantSource clock;

    /** How pages and fragments are had. */
    record Ways(FetchCoalescer coalescer, PageFetcher fetcher, PageJoiner joiner) {}

    PageWarmer(PageStore store, ReuseDecider reuse, Ways ways, InstantSource clock) {
        this.store = store;
        this.reuse = reuse;
        this.ways = ways;
        this.clock = clock;
    }

    /** Fetches the page unless it is fresh. The future fails only through a bug. */
    public Future<Warmed> warm(Visit arrived) {
        ActivePlan plan = arrived.plan();
        Visit visit = arrived.understood().grouped();
        Rule rule = plan.rules().match(visit.request());
        return switch (plan.admission().admit(visit.request(), rule, clock.instant())) {
            case Admission.Refused(var status, var reason) -> Future.succeededFuture(new Warmed.NotKept(reason));
            case Admission.PassThrough pass -> Future.succeededFuture(new Warmed.NotKept(pass.reason()));
            case Admission.Cacheable ok ->
                warmWhole(new PageVisit(visit, rule, plan.keys().keyFor(visit.request(), rule)));
        };
    }

    private Future<Warmed> warmWhole(PageVisit visit) {
        return warm(visit).compose(warmed -> {
            CompiledPage compiled = warmed instanceof Warmed.Kept(var page) ? page.compiled() : null;
            return compiled == null || !compiled.esi().includes()
                    ? Future.succeededFuture(warmed)
                    : ways.joiner().join(looking(visit), compiled).map(warmed).otherwise(warmed);
        });
    }

    /** Fragments are called as for a reader of whom nothing is known. */
    private PageVisit looking(PageVisit visit) {
        Visit page = visit.visit();
        Inclusion inclusion = Inclusion.looking(page.request(), clock.instant());
        Visit looking =
                new Visit(page.plan(), page.request(), page.body(), page.bodyLength(), inclusion, page.asides());
        return new PageVisit(looking, visit.rule(), visit.key());
    }

    private Future<Warmed> warm(PageVisit visit) {
        return switch (decide(visit)) {
            case Serving.Fresh(var page) -> Future.succeededFuture(new Warmed.Kept(page));
            case Serving.Part part -> Future.succeededFuture(new Warmed.NotKept(Reason.PARTIAL_CONTENT));
            case Serving.Stale(var page, var reason, var refresh) -> lead(visit, Errand.refresh(page));
            case Serving.Revalidate revalidate -> lead(visit, Errand.of(revalidate));
            case Serving.Fetch fetch -> lead(visit, Errand.of(fetch));
            case Serving.Unsatisfiable never -> Future.succeededFuture(new Warmed.NotKept(Reason.ONLY_IF_CACHED));
        };
    }

    private Future<Warmed> lead(PageVisit visit, Errand errand) {
        if (store.knownUncacheable(visit.key()) != null) {
            return Future.succeededFuture(new Warmed.NotKept(Reason.KNOWN_UNCACHEABLE));
        }
        return switch (ways.coalescer().join(store.sharingKey(visit.key(), visit::asking), LONGEST_WAIT)) {
            case Leader leader ->
                ways.fetcher().fetch(visit, errand, leader, true).map(PageWarmer::warmed);
            case Follower(var settlement) -> settlement.map(settled -> afterOthers(visit, settled));
        };
    }

    /** Somebody else has fetched it: what is in the store now is what there is. */
    private Warmed afterOthers(PageVisit visit, Settlement settled) {
        if (settled instanceof Settlement.Failed(var failure)) {
            return new Warmed.Failed(failure);
        }
        if (settled instanceof Settlement.WaitExceeded(var relief)) {
            relief.settle(new Settlement.Failed(OriginFailure.TIMEOUT)); // left to readers: they wait for it
            return new Warmed.Failed(OriginFailure.TIMEOUT);
        }
        return decide(visit) instanceof Serving.Fresh(var page)
                ? new Warmed.Kept(page)
                : new Warmed.NotKept(Reason.KNOWN_UNCACHEABLE);
    }

    private static Warmed warmed(Fetched fetched) {
        return switch (fetched) {
            case Fetched.Failed(var failure, var status, var micros) -> new Warmed.Failed(failure);
            case Fetched.Renewed(var page, var refusal, var micros) -> kept(page, refusal);
            case Fetched.Complete(var page, var refusal, var micros) -> kept(page, refusal);
            case Fetched.Streaming(var head, var content, var refusal, var micros) -> {
                content.abandon().run();
                yield ReuseDecider.isFailure(head.status())
                        ? new Warmed.Failed(OriginFailure.UNREACHABLE)
                        : new Warmed.NotKept(refusal == null ? Reason.INCOMPLETE : refusal);
            }
        };
    }

    private static Warmed kept(StoredPage page, @Nullable Reason refusal) {
        return refusal == null ? new Warmed.Kept(page) : new Warmed.NotKept(refusal);
    }

    private Serving decide(PageVisit visit) {
        return reuse.decide(visit.request(), store.lookup(visit.key(), visit::asking), clock.instant());
    }
}
