package io.pagecache.proxy.serve;

import io.pagecache.http.PageResponse;
import io.pagecache.proxy.metrics.Outcome;
import io.pagecache.proxy.metrics.Provenance;
import io.pagecache.proxy.origin.OriginFailure;
import io.pagecache.reuse.ReuseDecider;
import io.pagecache.reuse.Serving;
import io.pagecache.status.CacheStatus;
import io.pagecache.status.Reason;
import io.pagecache.store.PageStore;
import io.pagecache.store.StoredPage;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Makes replies of what a fetch brought, and of its failure: a page that may stand in, or an error. */
final class FetchReplies {
    private final PageStore store;
    private final ReuseDecider reuse;
    private final PageReplies pages;
    private final InstantSource clock;

    FetchReplies(PageStore store, ReuseDecider reuse, PageReplies pages, InstantSource clock) {
        this.store = store;
        this.reuse = reuse;
        this.pages = pages;
        this.clock = clock;
    }

    Future<Reply> of(PageVisit visit, Errand errand, Fetched fetched) {
        CacheStatus asked = CacheStatus.forwarded(errand.forward(), errand.reason());
        return switch (fetched) {
            case Fetched.Failed(var failure, var originStatus, var micros) ->
                failed(visit, failure, originStatus, micros);
            case Fetched.Renewed(var page, var refusal, var micros) -> {
                Reason reason = refusal == null ? Reason.REVALIDATED : refusal;
                CacheStatus status = asked.because(reason).answered(304);
                yield pages.of(
                        visit,
                        page,
                        refusal == null ? status.kept(freshFor(page)) : status,
                        new Provenance(Outcome.HIT, reason, visit.rule().name(), age(page), 304, micros));
            }
            case Fetched.Complete(var page, var refusal, var micros) -> {
                CacheStatus status = asked.answered(page.status());
                CacheStatus told = refusal == null ? status.kept(freshFor(page)) : status.because(refusal);
                yield pages.of(visit, page, told, missed(visit, told, page.status(), micros));
            }
            case Fetched.Streaming(var head, var content, var refusal, var micros) -> {
                CacheStatus status = asked.answered(head.status());
                CacheStatus told = refusal == null ? status : status.because(refusal);
                Reply reply = StreamedReplies.of(
                        visit.visit(), head, content, told, missed(visit, told, head.status(), micros));
                yield Future.succeededFuture(
                        reply.with(ReaderFields.complete(visit, reply.headers(), dependencies(visit, head))));
            }
        };
    }

    /** The error of a fetch that this request waited for: not its body, which may be for its reader alone. */
    Future<Reply> unsuccessful(PageVisit visit, Errand errand, int status) {
        if (reuse.onFailure(store.lookup(visit.key(), visit::asking), clock.instant())
                instanceof Serving.Unsatisfiable) {
            Provenance provenance = new Provenance(
                    Outcome.ERROR, Reason.ORIGIN_ERROR_SHARED, visit.rule().name(), -1, status, 0);
            CacheStatus told = CacheStatus.forwarded(errand.forward(), Reason.ORIGIN_ERROR_SHARED)
                    .answered(status)
                    .shared();
            return Future.succeededFuture(LocalReplies.error(status, provenance, told, clock.instant()));
        }
        return failed(visit, OriginFailure.UNREACHABLE, status, 0);
    }

    private static List<String> dependencies(PageVisit visit, PageResponse head) {
        return visit.plan()
                .dependencies()
                .fields(head.headers(), visit.behaviour().key());
    }

    /** Never an error while a good copy exists. */
    Future<Reply> failed(PageVisit visit, OriginFailure failure, int originStatus, long micros) {
        return switch (reuse.onFailure(store.lookup(visit.key(), visit::asking), clock.instant())) {
            case Serving.Stale(var page, var reason, var refresh) ->
                pages.of(
                        visit,
                        page,
                        CacheStatus.hit(reason, freshFor(page)).answered(originStatus),
                        new Provenance(Outcome.STALE, reason, visit.rule().name(), age(page), originStatus, micros));
            case Serving.Fresh(var page) -> {
                CacheStatus status = CacheStatus.hit(Reason.FRESH, freshFor(page));
                yield pages.of(visit, page, status, pages.stored(visit, page, Outcome.HIT, status));
            }
            case Serving.Part p -> error(visit, failure, originStatus, micros);
            case Serving.Revalidate r -> error(visit, failure, originStatus, micros);
            case Serving.Fetch f -> error(visit, failure, originStatus, micros);
            case Serving.Unsatisfiable u -> error(visit, failure, originStatus, micros);
        };
    }

    private Future<Reply> error(PageVisit visit, OriginFailure failure, int originStatus, long micros) {
        Provenance provenance =
                new Provenance(Outcome.ERROR, failure.reason(), visit.rule().name(), -1, originStatus, micros);
        return Future.succeededFuture(LocalReplies.error(failure.status(), provenance, clock.instant()));
    }

    private static Provenance missed(PageVisit visit, CacheStatus status, int originStatus, long micros) {
        return new Provenance(Outcome.MISS, status.reason(), visit.rule().name(), -1, originStatus, micros);
    }

    Duration freshFor(StoredPage page) {
        return page.staleness(now()).negated();
    }

    private long age(StoredPage page) {
        return page.age(now()).toSeconds();
    }

    private Instant now() {
        return clock.instant();
    }
}
