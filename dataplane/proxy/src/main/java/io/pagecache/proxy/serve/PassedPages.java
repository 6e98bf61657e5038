package io.pagecache.proxy.serve;

import io.pagecache.admission.Admission.PassThrough;
import io.pagecache.http.PageRequest;
import io.pagecache.plan.Rule;
import io.pagecache.proxy.metrics.Outcome;
import io.pagecache.proxy.metrics.Provenance;
import io.pagecache.proxy.origin.OriginFailure;
import io.pagecache.proxy.origin.OriginOutcome.Answered;
import io.pagecache.status.CacheStatus;
import io.pagecache.status.Reason;
import io.pagecache.store.StoredPage;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Function;

/**
 * Pages that are passed through and yet have markers or ESI elements: they are put together for the one who asked, and kept for
 * nobody. So who goes past the cache sees pages as readers will.
 */
final class PassedPages {
    /** What the origin has judged already, and what it said was about the page without its elements. */
    private static final Set<String> CONDITIONS =
            Set.of("if-match", "if-none-match", "if-modified-since", "if-unmodified-since", "if-range", "range");

    private final PageCollector collector;
    private final PageReplies pages;
    private final InstantSource clock;

    PassedPages(PageCollector collector, PageReplies pages, InstantSource clock) {
        this.collector = collector;
        this.pages = pages;
        this.clock = clock;
    }

    /** Whether there is something to put together in this answer. */
    static boolean has(Visit visit, Rule rule, Answered answered) {
        int status = answered.response().status();
        return status >= 200
                && status != 204
                && status != 304
                && !visit.request().method().equals("HEAD")
                && PageAssembler.isCompiled(rule.behaviour(), answered.response());
    }

    /** @param asItIs makes the reply of what cannot be put together because it is too large, or coded */
    Future<Reply> of(
            Visit visit, Rule rule, PassThrough why, Answered answered, Function<Content.Streamed, Reply> asItIs) {
        PageVisit page = pageVisit(visit, rule);
        PageCollector.Collection collection =
                collector.collect(page, answered, PageAssembler.forOne(answered.response()));
        return collection.page().transform(collected -> {
            boolean goesAsItIs = collected.failed() && PageCollector.reason(collected.cause()) != Reason.INCOMPLETE;
            collection.body().release();
            if (goesAsItIs) {
                return Future.succeededFuture(asItIs.apply(collection.content()));
            }
            collection.body().abandon();
            return filledIn(page, why, answered, collected);
        });
    }

    private Future<Reply> filledIn(
            PageVisit visit, PassThrough why, Answered answered, AsyncResult<StoredPage> collected) {
        int status = answered.response().status();
        if (collected.failed()) {
            OriginFailure broken = OriginFailure.BROKEN_ANSWER;
            Provenance provenance =
                    new Provenance(Outcome.ERROR, broken.reason(), visit.rule().name(), -1, status, answered.micros());
            return Future.succeededFuture(LocalReplies.error(broken.status(), provenance, clock.instant()));
        }
        CacheStatus told = CacheStatus.forwarded(why.forward(), why.reason()).answered(status);
        Provenance provenance =
                new Provenance(Outcome.BYPASS, why.reason(), visit.rule().name(), -1, status, answered.micros());
        return pages.of(visit, collected.result(), told, provenance);
    }

    /** What was asked with a body, or of a part, has been done: the conditions of the reader's copy count for the others only. */
    private static PageVisit pageVisit(Visit visit, Rule rule) {
        PageRequest request = visit.request();
        Visit judged = request.isRetrieval()
                ? visit
                : visit.with(request.with(request.headers().without(CONDITIONS)));
        return new PageVisit(judged, rule, visit.plan().keys().keyFor(request, rule));
    }
}
