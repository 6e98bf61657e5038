package io.pagecache.proxy.serve;

import io.pagecache.admission.Admission.PassThrough;
import io.pagecache.http.Headers;
import io.pagecache.http.PageRequest;
import io.pagecache.http.PageResponse;
import io.pagecache.http.ResponseDirectives;
import io.pagecache.plan.Rule;
import io.pagecache.proxy.author.AuthorSessions;
import io.pagecache.proxy.metrics.Outcome;
import io.pagecache.proxy.metrics.Provenance;
import io.pagecache.proxy.origin.OriginOutcome.Answered;
import io.pagecache.proxy.origin.OriginOutcome.Failed;
import io.pagecache.proxy.origin.OriginOutcome.NotModified;
import io.pagecache.proxy.origin.OriginRequest;
import io.pagecache.proxy.origin.OriginRequest.Conditions;
import io.pagecache.proxy.origin.OriginUpgrade;
import io.pagecache.status.CacheStatus;
import io.pagecache.status.Reason;
import io.pagecache.store.PageStore;
import io.pagecache.storing.Invalidation;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * Requests that are none of the cache's business: they and their answers go through as they are, bodies unbuffered. Only pages with
 * elements are put together.
 */
final class PassingServer {
    private static final Set<String> FOR_ALL =
            Set.of("cache-control", "expires", "pragma", "cdn-cache-control", "surrogate-control");

    private static final Set<String> OF_PARTS = Set.of("range", "if-range");

    private final PageStore store;
    private final SearchVariances variances;
    private final AuthorSessions authors;
    private final PassedPages pages;
    private final InstantSource clock;

    PassingServer(
            PageStore store,
            SearchVariances variances,
            AuthorSessions authors,
            PassedPages pages,
            InstantSource clock) {
        this.variances = variances;
        this.store = store;
        this.authors = authors;
        this.pages = pages;
        this.clock = clock;
    }

    Future<Reply> pass(Visit visit, Rule rule, PassThrough why) {
        PageRequest request = visit.request();
        Headers crossing = visit.plan().forwarded().passing(request);
        if (why.reason() == Reason.UPGRADE) {
            return upgrade(visit, rule, why, crossing);
        }
        return ask(visit, rule, why, crossing);
    }

    private Future<Reply> ask(Visit visit, Rule rule, PassThrough why, Headers crossing) {
        PageRequest request = visit.request();
        OriginRequest forwarded = new OriginRequest(
                request.method(),
                request.target(),
                visit.plan().outbound().fetching(crossing, request, rule),
                request.hasBody() ? visit.body() : null,
                visit.bodyLength(),
                Conditions.CLIENTS,
                visit.asides());
        return visit.plan().origin().fetch(forwarded).compose(outcome -> switch (PublicUrls.in(visit, outcome)) {
            case Answered answered -> {
                if (!authors.holds()) { // what readers keep until the cut-over is purged by it as a whole
                    invalidate(visit, answered.response());
                }
                yield answered(visit, rule, why, answered, crossing);
            }
            case NotModified unasked -> throw new IllegalStateException("a 304 to conditions of ours: we sent none");
            case Failed(var failure, var micros) ->
                Future.succeededFuture(LocalReplies.error(
                        failure.status(),
                        new Provenance(Outcome.ERROR, failure.reason(), rule.name(), -1, 0, micros),
                        clock.instant()));
        });
    }

    private Future<Reply> answered(Visit visit, Rule rule, PassThrough why, Answered answered, Headers crossing) {
        if (!PassedPages.has(visit, rule, answered)) {
            return Future.succeededFuture(streamed(visit, rule, why, answered));
        }
        boolean isPart = answered.response().status() == 206;
        if (isPart && visit.request().isRetrieval() && crossing.contains("Range")) {
            answered.body().abort(); // elements cannot be filled into a part
            return ask(visit, rule, why, crossing.without(OF_PARTS));
        }
        return isPart
                ? Future.succeededFuture(streamed(visit, rule, why, answered))
                : pages.of(visit, rule, why, answered, content -> asItIs(visit, rule, why, answered, content))
                        .map(reply -> told(visit, why, reply));
    }

    private void invalidate(Visit visit, PageResponse response) {
        Invalidation invalidation = visit.plan().invalidation();
        invalidation.of(visit.request(), response).forEach(store::invalidate);
        Visit canonical = variances.canonical(visit);
        if (canonical != visit) {
            invalidation.of(canonical.request(), response).forEach(store::invalidate);
        }
        store.invalidateTagged(invalidation.groups(visit.request(), response));
    }

    private Future<Reply> upgrade(Visit visit, Rule rule, PassThrough why, Headers crossing) {
        PageRequest request = visit.request();
        OriginRequest forwarded = OriginRequest.withoutBody(
                request.method(),
                request.target(),
                visit.plan().outbound().upgrading(crossing, request),
                Conditions.CLIENTS);
        return visit.plan().origin().upgrade(forwarded).map(outcome -> switch (outcome) {
            case OriginUpgrade.Switched(var response, var socket) ->
                new Reply(
                        101,
                        response.headers().toBuilder()
                                .set("Connection", "Upgrade")
                                .set("Upgrade", "websocket")
                                .build(),
                        new Content.Switched(socket),
                        Provenance.local(Outcome.BYPASS, why.reason(), rule.name()));
            case OriginUpgrade.Declined(var response, var body) ->
                streamed(visit, rule, why, new Answered(response, body, 0));
            case OriginUpgrade.Failed(var failure) ->
                LocalReplies.error(
                        failure.status(),
                        Provenance.local(Outcome.ERROR, failure.reason(), rule.name()),
                        clock.instant());
        });
    }

    private static Reply streamed(Visit visit, Rule rule, PassThrough why, Answered answered) {
        boolean headOnly = visit.request().method().equals("HEAD");
        Content.Streamed content = Content.Streamed.of(
                answered.body(), headOnly, answered.response().status());
        return told(visit, why, asItIs(visit, rule, why, answered, content));
    }

    private static Reply asItIs(Visit visit, Rule rule, PassThrough why, Answered answered, Content.Streamed content) {
        PageResponse response = answered.response();
        CacheStatus status = CacheStatus.forwarded(why.forward(), why.reason()).answered(response.status());
        Provenance provenance =
                new Provenance(Outcome.BYPASS, why.reason(), rule.name(), -1, response.status(), answered.micros());
        Reply reply = StreamedReplies.of(visit, response, content, status, provenance);
        List<String> dependsOn = visit.plan()
                .dependencies()
                .fields(response.headers(), rule.behaviour().key());
        return reply.with(ReaderFields.grouped(visit, reply.headers(), dependsOn));
    }

    private static Reply told(Visit visit, PassThrough why, Reply reply) {
        return why.reason() == Reason.AUTHOR && visit.request().isRetrieval() ? forAuthorOnly(reply) : reply;
    }

    /** What an author sees is not published: no cache on the way may keep it, and the author's browser asks each time. */
    private static Reply forAuthorOnly(Reply reply) {
        String cacheControl =
                ResponseDirectives.forbidsBrowsersToStore(reply.headers()) ? "private, no-store" : "private, no-cache";
        Headers unpublished = reply.headers().without(FOR_ALL).toBuilder()
                .add("Cache-Control", cacheControl)
                .build();
        return reply.with(unpublished);
    }
}
