package io.pagecache.proxy.serve;

import io.pagecache.http.Headers;
import io.pagecache.http.PageRequest;
import io.pagecache.http.PageResponse;
import io.pagecache.http.Preconditions;
import io.pagecache.proxy.coalesce.FetchCoalescer.Leader;
import io.pagecache.proxy.coalesce.Settlement;
import io.pagecache.proxy.origin.OriginFailure;
import io.pagecache.proxy.origin.OriginOutcome;
import io.pagecache.proxy.origin.OriginOutcome.Answered;
import io.pagecache.proxy.origin.OriginOutcome.Failed;
import io.pagecache.proxy.origin.OriginOutcome.NotModified;
import io.pagecache.proxy.origin.OriginRequest;
import io.pagecache.proxy.origin.OriginRequest.Conditions;
import io.pagecache.reuse.ConditionalRequest;
import io.pagecache.reuse.NotModifiedMerger;
import io.pagecache.reuse.ReuseDecider;
import io.pagecache.status.Reason;
import io.pagecache.store.PageStore;
import io.pagecache.store.PutOutcome;
import io.pagecache.store.StoredPage;
import io.pagecache.storing.StoreDecision;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Asks the origin for a page and puts into the store what may be kept. Whatever happens, a leader is settled: as soon as the page
 * is stored, or as soon as it is known that it will not be.
 */
final class PageFetcher {
    private final PageStore store;
    private final PageCollector collector;
    private final PartKeeper parts;
    private final SearchVariances variances;
    private final InstantSource clock;

    PageFetcher(PageStore store, PageCollector collector, SearchVariances variances, InstantSource clock) {
        this.variances = variances;
        this.store = store;
        this.collector = collector;
        this.parts = new PartKeeper(store, collector);
        this.clock = clock;
    }

    /**
     * @param leader of the flight that waits for this, or null when nobody may
     * @param whole whether only a complete page is of use to whoever asks
     */
    Future<Fetched> fetch(PageVisit visit, Errand errand, @Nullable Leader leader, boolean whole) {
        Assignment assignment = new Assignment(visit, errand, leader, store.beginFetch(), whole);
        if (errand.mayServeIfError() && visit.plan().origin().health().isResting(clock.instant())) {
            assignment.settle(new Settlement.Failed(OriginFailure.UNREACHABLE));
            return Future.succeededFuture(new Fetched.Failed(OriginFailure.UNREACHABLE, 0, 0));
        }
        return Future.succeededFuture(assignment)
                .compose(this::ask)
                .onFailure(bug -> assignment.settle(new Settlement.NotShared()));
    }

    private Future<Fetched> ask(Assignment assignment) {
        Visit visit = assignment.visit().visit();
        return visit.plan()
                .origin()
                .fetch(request(assignment.visit(), assignment.errand()))
                .compose(outcome -> of(assignment, PublicUrls.in(visit, outcome)));
    }

    private Future<Fetched> of(Assignment assignment, OriginOutcome outcome) {
        return switch (outcome) {
            case Failed(var failure, var micros) -> {
                assignment.settle(new Settlement.Failed(failure));
                yield Future.succeededFuture(new Fetched.Failed(failure, 0, micros));
            }
            case NotModified(var response, var micros) -> renewed(assignment, response, micros);
            case Answered answered -> answered(assignment, answered);
        };
    }

    /** What the origin is asked. */
    static OriginRequest request(PageVisit visit, Errand errand) {
        PageRequest request = visit.request();
        Headers crossing = errand.isIndividual()
                ? visit.plan().forwarded().individual(request, visit.rule())
                : visit.plan().forwarded().fetching(request, visit.rule());
        boolean headOnly = asksForHeadOnly(visit, errand);
        StoredPage page = errand.page();
        boolean conditional = page != null && ConditionalRequest.isPossible(page);
        Headers complete =
                PartKeeper.asking(visit, errand, visit.plan().outbound().fetching(crossing, request, visit.rule()));
        return OriginRequest.withoutBody(
                        headOnly ? "HEAD" : "GET",
                        visit.key().base().target(),
                        conditional ? ConditionalRequest.of(complete, Objects.requireNonNull(page)) : complete,
                        conditional ? Conditions.OURS : conditionsOf(crossing))
                .with(visit.visit().asides());
    }

    private static Conditions conditionsOf(Headers crossing) {
        return Preconditions.areStated(crossing) ? Conditions.CLIENTS : Conditions.NONE;
    }

    /** A HEAD fetches the page, unless it is known that the page would not be kept anyway. */
    private static boolean asksForHeadOnly(PageVisit visit, Errand errand) {
        return visit.isHead() && errand.reason() == Reason.KNOWN_UNCACHEABLE;
    }

    private Future<Fetched> renewed(Assignment assignment, PageResponse response, long micros) {
        PageVisit visit = assignment.visit();
        StoredPage page = Objects.requireNonNull(assignment.errand().page());
        PageResponse merged = NotModifiedMerger.merge(page, response);
        if (merged == null) {
            return ask(assignment.with(assignment.errand().unconditional()));
        }
        StoreDecision decision = visit.plan().storing().decide(visit.asGet(), visit.rule(), merged);
        if (decision instanceof StoreDecision.Store keep) {
            StoredPage renewed = PageAssembler.renew(page, visit, merged, keep);
            PutOutcome outcome = store.refreshed(page, renewed, assignment.mark());
            assignment.settle(settlement(outcome));
            return Future.succeededFuture(new Fetched.Renewed(renewed, refusal(outcome), micros));
        }
        return Future.succeededFuture(renewedForOne(assignment, page, merged, decision, micros));
    }

    /** The 304 says that the page may not be kept any more: so the old copy, which said otherwise, goes. */
    private Fetched renewedForOne(
            Assignment assignment, StoredPage page, PageResponse merged, StoreDecision decision, long micros) {
        store.forget(page);
        Reason reason = remember(assignment, decision);
        assignment.settle(new Settlement.NotShared());
        return new Fetched.Renewed(
                PageAssembler.renew(page, assignment.visit(), merged, PageAssembler.forOne(merged)), reason, micros);
    }

    private Reason remember(Assignment assignment, StoreDecision decision) {
        return switch (decision) {
            case StoreDecision.MarkUncacheable(var reason, var memory) -> {
                store.markUncacheable(assignment.visit().key(), reason, memory, assignment.mark());
                yield reason;
            }
            case StoreDecision.Discard(var reason) -> reason;
            case StoreDecision.Store keep -> throw new IllegalArgumentException("it is kept");
        };
    }

    private Future<Fetched> answered(Assignment assignment, Answered answered) {
        PageVisit visit = assignment.visit();
        PageResponse head = answered.response();
        if (assignment.errand().mayServeIfError() && ReuseDecider.isFailure(head.status())) {
            answered.body().abort();
            assignment.settle(new Settlement.Failed(OriginFailure.UNREACHABLE));
            return Future.succeededFuture(
                    new Fetched.Failed(OriginFailure.UNREACHABLE, head.status(), answered.micros()));
        }
        if (head.status() == 206
                && assignment.errand().isIndividual()
                && PageAssembler.isCompiled(visit.behaviour(), head)) {
            answered.body().abort(); // markers cannot be filled into a part
            return ask(assignment.with(assignment.errand().entire()));
        }
        if (PartKeeper.isForRest(assignment.errand()) && (head.status() == 206 || head.status() == 416)) {
            return parts.complete(
                    assignment,
                    answered,
                    () -> ask(assignment.with(assignment.errand().withoutPart())));
        }
        if (head.status() == 206) {
            Fetched kept = parts.keep(assignment, answered);
            return kept == null ? passedOn(assignment, answered, Reason.PARTIAL_CONTENT) : Future.succeededFuture(kept);
        }
        if (head.status() == 304) {
            return passedOn(assignment, answered, assignment.errand().reason());
        }
        PageRequest asked = asksForHeadOnly(visit, assignment.errand()) ? visit.request() : visit.asGet();
        return switch (visit.plan().storing().decide(asked, visit.rule(), head)) {
            case StoreDecision.Store keep -> {
                variances.learn(visit, head);
                yield collect(assignment, answered, keep);
            }
            case StoreDecision.MarkUncacheable mark -> notKept(assignment, answered, remember(assignment, mark));
            case StoreDecision.Discard discard -> notKept(assignment, answered, discard.reason());
        };
    }

    /** The origin was told that markers are filled in: so they are, for the one who asked, in what is not kept too. */
    private Future<Fetched> notKept(Assignment assignment, Answered answered, Reason reason) {
        PageVisit visit = assignment.visit();
        PageResponse head = answered.response();
        if (visit.isHead() || !PageAssembler.isCompiled(visit.behaviour(), head)) {
            return passedOn(assignment, answered, reason);
        }
        assignment.settle(notSharing(head));
        PageCollector.Collection collection = collector.collect(visit, answered, PageAssembler.forOne(head));
        return collection
                .page()
                .<Fetched>map(page -> new Fetched.Complete(page, reason, answered.micros()))
                .recover(cause -> Future.succeededFuture(notCollected(assignment, answered, collection, cause)))
                .onComplete(known -> {
                    collection.body().release();
                    if (!(known.result() instanceof Fetched.Streaming)) {
                        collection.body().abandon();
                    }
                });
    }

    private static Settlement notSharing(PageResponse head) {
        return head.status() >= 500 ? new Settlement.Unsuccessful(head.status()) : new Settlement.NotShared();
    }

    private Future<Fetched> passedOn(Assignment assignment, Answered answered, Reason reason) {
        assignment.settle(notSharing(answered.response()));
        boolean headOnly = asksForHeadOnly(assignment.visit(), assignment.errand());
        Content.Streamed content = Content.Streamed.of(
                answered.body(), headOnly, answered.response().status());
        return Future.succeededFuture(new Fetched.Streaming(answered.response(), content, reason, answered.micros()));
    }

    private Future<Fetched> collect(Assignment assignment, Answered answered, StoreDecision.Store keep) {
        boolean whole = assignment.whole()
                || PageAssembler.isCompiled(assignment.visit().behaviour(), answered.response());
        PageCollector.Collection collection = collector.collect(assignment.visit(), answered, keep);
        Future<Fetched> complete = collection
                .page()
                .compose(
                        page -> Future.succeededFuture(stored(assignment, page, answered.micros())),
                        cause -> Future.succeededFuture(notCollected(assignment, answered, collection, cause)));
        complete.onComplete(known -> {
            assignment.settle(
                    new Settlement.NotShared()); // says nothing unless a bug has kept the word from being given
            collection.body().release();
            if (whole && !(known.result() instanceof Fetched.Streaming)) {
                collection.body().abandon();
            }
        });
        Fetched.Streaming streaming =
                new Fetched.Streaming(answered.response(), collection.content(), null, answered.micros());
        return whole ? complete : Future.succeededFuture(streaming);
    }

    private Fetched stored(Assignment assignment, StoredPage page, long micros) {
        PutOutcome outcome = store.put(page, assignment.mark());
        Reason refusal = refusal(outcome);
        if (refusal == Reason.TOO_LARGE) {
            store.markUncacheable(page.key(), refusal, PageCollector.MEMORY, assignment.mark());
        }
        assignment.settle(settlement(outcome));
        return new Fetched.Complete(page, refusal, micros);
    }

    static @Nullable Reason refusal(PutOutcome outcome) {
        return outcome instanceof PutOutcome.Refused(var reason) ? reason : null;
    }

    static Settlement settlement(PutOutcome outcome) {
        return switch (outcome) {
            case PutOutcome.Stored stored -> new Settlement.Stored();
            case PutOutcome.Refused(var reason) ->
                reason == Reason.PURGED_MEANWHILE ? new Settlement.Overtaken() : new Settlement.NotShared();
        };
    }

    private Fetched notCollected(
            Assignment assignment, Answered answered, PageCollector.Collection collection, Throwable cause) {
        Reason reason = PageCollector.reason(cause);
        if (reason == Reason.INCOMPLETE) {
            assignment.settle(new Settlement.Failed(OriginFailure.BROKEN_ANSWER));
            return new Fetched.Failed(
                    OriginFailure.BROKEN_ANSWER, answered.response().status(), answered.micros());
        }
        if (reason != Reason.OUT_OF_BUDGET) { // there may be room for the next one
            store.markUncacheable(assignment.visit().key(), reason, PageCollector.MEMORY, assignment.mark());
        }
        assignment.settle(new Settlement.NotShared());
        return new Fetched.Streaming(answered.response(), collection.content(), reason, answered.micros());
    }
}
