package io.pagecache.proxy.serve;

import static io.vertx.core.Future.succeededFuture;

import io.pagecache.freshness.FreshnessCalculator;
import io.pagecache.freshness.FreshnessLifetime;
import io.pagecache.http.PageRequest;
import io.pagecache.http.PageResponse;
import io.pagecache.http.ResponseDirectives;
import io.pagecache.plan.Explanation;
import io.pagecache.plan.Explanation.Decision;
import io.pagecache.plan.Explanation.Keeping;
import io.pagecache.plan.Explanation.LifetimeSource;
import io.pagecache.plan.Explanation.Stored;
import io.pagecache.proxy.author.AuthorVisit;
import io.pagecache.proxy.origin.OriginOutcome.Answered;
import io.pagecache.proxy.origin.OriginOutcome.Failed;
import io.pagecache.proxy.origin.OriginOutcome.NotModified;
import io.pagecache.reuse.Serving;
import io.pagecache.status.ForwardReason;
import io.pagecache.status.Reason;
import io.pagecache.store.Lookup;
import io.pagecache.store.StoredPage;
import io.pagecache.storing.StoreDecision;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says what would be done with a request, by the very deciders that serve requests. Changes no page. */
public final class Explainer {
    private static final Errand ERRAND = new Errand(ForwardReason.URI_MISS, Reason.ABSENT, null, false, false);
    private static final LifetimeSource NOBODY = new LifetimeSource("none", "");

    private final Decisions decisions;
    private final FreshnessCalculator freshness = new FreshnessCalculator();

    /** Where the answer comes from whose keeping is to be explained. */
    public sealed interface Answer {

        /** There is none: nothing is said of keeping. */
        record Unknown() implements Answer {}

        record Given(PageResponse head) implements Answer {}

        /** The origin is asked; what it answers is not kept. */
        record Asked() implements Answer {}
    }

    Explainer(Decisions decisions) {
        this.decisions = decisions;
    }

    /** Never fails because of the origin. To be called on an event loop. */
    public Future<Explanation> explain(ActivePlan plan, PageRequest asked, Answer answer) {
        AuthorVisit author = decisions.author(plan.urls().understood(asked), plan.authors());
        Visit visit = new Visit(plan, author.request(), NoBody.INSTANCE, 0).grouped();
        Route route = decisions.route(visit, author);
        String rule = route.rule().name();
        return switch (route) {
            case Route.Refused refused ->
                succeededFuture(unlooked(rule, Decision.REFUSE, refused.reason(), refused.status(), null));
            case Route.Elsewhere elsewhere ->
                succeededFuture(unlooked(
                        rule,
                        Decision.REDIRECT,
                        elsewhere.redirect().reason(),
                        elsewhere.redirect().status(),
                        elsewhere.redirect().location()));
            case Route.Past past ->
                succeededFuture(unlooked(rule, Decision.PASS, past.pass().reason(), 0, null));
            case Route.Through(var page) -> keeping(page, answer).map(keeping -> looked(page, keeping));
        };
    }

    private static Explanation unlooked(
            String rule, Decision decision, Reason reason, int status, @Nullable String location) {
        return new Explanation(rule, decision, reason.token(), status, location, null, false, null, null);
    }

    private Explanation looked(PageVisit visit, @Nullable Keeping keeping) {
        Serving serving = decisions.decide(visit);
        return new Explanation(
                visit.rule().name(),
                decision(serving),
                reason(serving).token(),
                serving instanceof Serving.Unsatisfiable ? 504 : 0,
                null,
                visit.key().toString(),
                decisions.authors().holds(),
                decisions.lookup(visit) instanceof Lookup.Found found ? stored(visit, found) : null,
                keeping);
    }

    private static Decision decision(Serving serving) {
        return switch (serving) {
            case Serving.Fresh fresh -> Decision.HIT;
            case Serving.Part part -> Decision.HIT;
            case Serving.Stale stale -> Decision.STALE;
            case Serving.Revalidate revalidate -> Decision.REVALIDATE;
            case Serving.Fetch fetch -> Decision.FETCH;
            case Serving.Unsatisfiable unsatisfiable -> Decision.REFUSE;
        };
    }

    private static Reason reason(Serving serving) {
        return switch (serving) {
            case Serving.Fresh fresh -> Reason.FRESH;
            case Serving.Part part -> Reason.FRESH;
            case Serving.Stale stale -> stale.reason();
            case Serving.Revalidate revalidate -> revalidate.reason();
            case Serving.Fetch fetch -> fetch.reason();
            case Serving.Unsatisfiable unsatisfiable -> Reason.ONLY_IF_CACHED;
        };
    }

    private Stored stored(PageVisit visit, Lookup.Found found) {
        StoredPage page = found.page();
        PageResponse head = new PageResponse(page.status(), page.headers(), page.receivedAt(), page.receivedAt());
        return new Stored(
                page.status(),
                page.age(decisions.now()),
                page.lifetime(),
                source(visit, head, page.directives()),
                found.softPurgedAt(),
                page.tags(),
                page.compiled() != null);
    }

    private Future<@Nullable Keeping> keeping(PageVisit visit, Answer answer) {
        return switch (answer) {
            case Answer.Unknown unknown -> succeededFuture(null);
            case Answer.Given(var head) -> succeededFuture(keeping(visit, head));
            case Answer.Asked asked -> asks(visit);
        };
    }

    private Future<Keeping> asks(PageVisit visit) {
        return visit.plan().origin().fetch(PageFetcher.request(visit, ERRAND)).map(outcome -> switch (PublicUrls.in(
                visit.visit(), outcome)) {
            case Answered answered -> {
                answered.body().abort();
                yield keeping(visit, answered.response());
            }
            case NotModified(var response, var micros) -> keeping(visit, response);
            case Failed(var failure, var micros) -> notKept(0, failure.reason());
        });
    }

    private Keeping keeping(PageVisit visit, PageResponse answer) {
        if (answer.status() == 206 && !visit.request().headers().contains("Range")) {
            return notKept(206, Reason.PARTIAL_CONTENT); // a part that nobody asked for
        }
        return switch (visit.plan().storing().decide(visit.asGet(), visit.rule(), answer)) {
            case StoreDecision.Store store ->
                new Keeping(
                        answer.status(),
                        true,
                        null,
                        store.lifetime(),
                        source(visit, answer, store.directives()),
                        store.windows().whileRevalidate(),
                        store.windows().ifError(),
                        store.tags(),
                        store.vary());
            case StoreDecision.MarkUncacheable(var reason, var memory) -> notKept(answer.status(), reason);
            case StoreDecision.Discard(var reason) -> notKept(answer.status(), reason);
        };
    }

    private static Keeping notKept(int status, Reason reason) {
        Duration none = Duration.ZERO;
        return new Keeping(status, false, reason.token(), none, NOBODY, none, none, List.of(), List.of());
    }

    private LifetimeSource source(PageVisit visit, PageResponse head, ResponseDirectives directives) {
        FreshnessLifetime.Source source =
                freshness.lifetime(head, directives, visit.behaviour()).source();
        String term = source.term();
        return new LifetimeSource(
                source.basis().name().toLowerCase(Locale.ROOT),
                source.isDirective() ? directives.source().field() + ": " + term : term);
    }
}
