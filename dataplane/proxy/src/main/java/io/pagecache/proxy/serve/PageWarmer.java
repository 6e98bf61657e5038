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
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Brings pages into the store that no reader waits for. It asks as a reader would and joins a fetch that is under way, but nothing
 * is rendered: a page that counts its views does not count this one.
 */
public final class PageWarmer {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final PageStore store;
    private final ReuseDecider reuse;
    private final FetchCoalescer coalescer;
    private final PageFetcher fetcher;
    private final InstantSource clock;

    PageWarmer(
            PageStore store, ReuseDecider reuse, FetchCoalescer coalescer, PageFetcher fetcher, InstantSource clock) {
        this.store = store;
        this.reuse = reuse;
        this.coalescer = coalescer;
        this.fetcher = fetcher;
        this.clock = clock;
    }

    /** Fetches the page unless it is fresh. The future fails only through a bug. */
    public Future<Warmed> warm(Visit arrived) {
        ActivePlan plan = arrived.plan();
        Visit visit = arrived.grouped();
        Rule rule = plan.rules().match(visit.request());
        return switch (plan.admission().admit(visit.request(), rule, clock.instant())) {
            case Admission.Refused(var status, var reason) -> Future.succeededFuture(new Warmed.NotKept(reason));
            case Admission.PassThrough pass -> Future.succeededFuture(new Warmed.NotKept(pass.reason()));
            case Admission.Cacheable ok ->
                warm(new PageVisit(visit, rule, plan.keys().keyFor(visit.request(), rule)));
        };
    }

    private Future<Warmed> warm(PageVisit visit) {
        return switch (decide(visit)) {
            case Serving.Fresh(var page) -> Future.succeededFuture(new Warmed.Kept(page));
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
        return switch (coalescer.join(store.sharingKey(visit.key(), visit::asking), LONGEST_WAIT)) {
            case Leader leader -> fetcher.fetch(visit, errand, leader, true).map(PageWarmer::warmed);
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
