package io.pagecache.proxy.serve;

import io.pagecache.admission.Admission;
import io.pagecache.author.AuthorRules;
import io.pagecache.http.PageRequest;
import io.pagecache.plan.Rule;
import io.pagecache.proxy.author.AuthorSessions;
import io.pagecache.proxy.author.AuthorVisit;
import io.pagecache.reuse.ReuseDecider;
import io.pagecache.reuse.Serving;
import io.pagecache.status.ForwardReason;
import io.pagecache.status.Reason;
import io.pagecache.store.Lookup;
import io.pagecache.store.PageStore;
import java.time.Instant;
import java.time.InstantSource;

/** What is decided of a request before anything is done, the same for those that are served and those that are explained. */
final class Decisions {
    private static final Admission AUTHORS = new Admission.PassThrough(Reason.AUTHOR, ForwardReason.BYPASS);

    private final PageStore store;
    private final ReuseDecider reuse;
    private final AuthorSessions authors;
    private final SearchVariances variances;
    private final InstantSource clock;

    Decisions(
            PageStore store,
            ReuseDecider reuse,
            AuthorSessions authors,
            SearchVariances variances,
            InstantSource clock) {
        this.variances = variances;
        this.store = store;
        this.reuse = reuse;
        this.authors = authors;
        this.clock = clock;
    }

    AuthorSessions authors() {
        return authors;
    }

    Instant now() {
        return clock.instant();
    }

    AuthorVisit author(PageRequest request, AuthorRules rules) {
        return authors.visit(request, rules);
    }

    Route route(Visit visit, AuthorVisit author) {
        ActivePlan plan = visit.plan();
        Rule rule = rule(visit);
        Admission admission = admit(plan, author, rule);
        if (visit.inclusion() == null && mayBeSentOn(admission)) {
            Redirect redirect = Redirect.of(visit);
            if (redirect != null) {
                return new Route.Elsewhere(visit, rule, redirect);
            }
        }
        return switch (admission) {
            case Admission.Refused(var status, var reason) -> new Route.Refused(rule, status, reason);
            case Admission.PassThrough pass -> new Route.Past(visit, rule, pass);
            case Admission.Cacheable ok -> {
                Visit known = variances.canonical(visit);
                yield new Route.Through(new PageVisit(known, rule, plan.keys().keyFor(known.request(), rule)));
            }
        };
    }

    /** Neither a WebSocket nor anything while the cache is switched off. */
    private static boolean mayBeSentOn(Admission admission) {
        return switch (admission) {
            case Admission.Refused refused -> false;
            case Admission.PassThrough pass ->
                pass.reason() != Reason.UPGRADE && pass.reason() != Reason.PASS_THROUGH_MODE;
            case Admission.Cacheable ok -> true;
        };
    }

    Rule rule(Visit visit) {
        Rule rule = visit.plan().rules().match(visit.request());
        Inclusion inclusion = visit.inclusion();
        return inclusion == null ? rule : inclusion.ruleFor(rule);
    }

    /** The checks of the plan first, then whether the client edits. */
    private Admission admit(ActivePlan plan, AuthorVisit visit, Rule rule) {
        Admission admission = plan.admission().admit(visit.request(), rule, clock.instant());
        boolean bypasses = visit.byAuthor() || visit.isEdit();
        return bypasses && admission instanceof Admission.Cacheable ? AUTHORS : admission;
    }

    Lookup lookup(PageVisit visit) {
        return store.lookup(visit.key(), visit::asking);
    }

    Serving decide(PageVisit visit) {
        Instant now = clock.instant();
        Serving serving = reuse.decide(visit.request(), lookup(visit), now, authors.holds());
        Inclusion inclusion = visit.visit().inclusion();
        return inclusion == null ? serving : inclusion.accepts(serving, now);
    }
}
