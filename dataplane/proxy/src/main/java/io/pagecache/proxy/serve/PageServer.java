package io.pagecache.proxy.serve;

import static io.vertx.core.Future.succeededFuture;

import io.pagecache.key.CacheKey;
import io.pagecache.plan.Authors;
import io.pagecache.plan.Rule;
import io.pagecache.proxy.author.AuthorSessions;
import io.pagecache.proxy.author.AuthorVisit;
import io.pagecache.proxy.coalesce.FetchCoalescer;
import io.pagecache.proxy.coalesce.FetchCoalescer.Follower;
import io.pagecache.proxy.coalesce.FetchCoalescer.Leader;
import io.pagecache.proxy.coalesce.FetchCoalescer.Ticket;
import io.pagecache.proxy.coalesce.Settlement;
import io.pagecache.proxy.metrics.Outcome;
import io.pagecache.proxy.metrics.Provenance;
import io.pagecache.proxy.origin.OriginFailure;
import io.pagecache.reuse.Serving;
import io.pagecache.reuse.Serving.Fetch;
import io.pagecache.reuse.Serving.Fresh;
import io.pagecache.reuse.Serving.Part;
import io.pagecache.reuse.Serving.Revalidate;
import io.pagecache.reuse.Serving.Stale;
import io.pagecache.reuse.Serving.Unsatisfiable;
import io.pagecache.status.CacheStatus;
import io.pagecache.status.Reason;
import io.pagecache.store.PageStore;
import io.pagecache.store.StoredPage;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A request's way through the cache. */
public final class PageServer {
    /** Once for a page nobody has seen, once more for the variant that turns out to be meant. */
    private static final int MOST_WAITS = 2;

    private final PageStore store;
    private final Decisions decisions;
    private final FetchCoalescer coalescer;
    private final Stages stages;

    PageServer(PageStore store, Decisions decisions, FetchCoalescer coalescer, Stages stages) {
        this.store = store;
        this.decisions = decisions;
        this.coalescer = coalescer;
        this.stages = stages;
    }

    public Future<Reply> serve(Visit arrived) {
        Visit arriving = arrived.understood();
        AuthorVisit author =
                decisions.author(arriving.request(), arriving.plan().authors());
        Visit visit = arriving.with(author.request()).grouped();
        return author.isEdit() ? edit(visit, author) : route(visit, author);
    }

    /** Whoever edits is known to all proxies before the answer leaves: the next request may go to any of them. */
    private Future<Reply> edit(Visit visit, AuthorVisit author) {
        AuthorSessions sessions = decisions.authors();
        Authors authors = Objects.requireNonNull(visit.plan().authors().authors());
        sessions.begins();
        return route(visit, author)
                .compose(reply -> reply.status() >= 400
                        ? succeededFuture(reply)
                        : sessions.edited(author, authors).map(cookie -> withCookie(reply, cookie)))
                .onComplete(over -> sessions.ends());
    }

    private static Reply withCookie(Reply reply, @Nullable String cookie) {
        return cookie == null
                ? reply
                : reply.with(
                        reply.headers().toBuilder().add("Set-Cookie", cookie).build());
    }

    private Future<Reply> route(Visit visit, AuthorVisit author) {
        return switch (decisions.route(visit, author)) {
            case Route.Refused(var rule, var status, var reason) -> succeededFuture(refused(rule, status, reason));
            case Route.Elsewhere(var sent, var rule, var redirect) ->
                succeededFuture(redirect.reply(sent, rule, decisions.now()));
            case Route.Past(var passing, var rule, var pass) -> stages.passing().pass(passing, rule, pass);
            case Route.Through(var page) -> fromCache(page);
        };
    }

    /** A stored page that may stand in for a fragment that does not come in time, else an error. */
    Future<Reply> standIn(Visit arrived) {
        Visit visit = arrived.understood();
        Rule rule = decisions.rule(visit);
        PageVisit late = new PageVisit(visit, rule, visit.plan().keys().keyFor(visit.request(), rule));
        return stages.fetched().failed(late, OriginFailure.TIMEOUT, 0, 0);
    }

    private Future<Reply> fromCache(PageVisit visit) {
        return switch (decide(visit)) {
            case Fresh(var page) ->
                stored(visit, page, Outcome.HIT, Reason.FRESH).map(reply -> reply.from(page));
            case Part(var page) ->
                succeededFuture(part(
                        visit,
                        page,
                        CacheStatus.hit(Reason.FRESH, stages.fetched().freshFor(page))));
            case Stale(var page, var reason, var refresh) -> {
                if (refresh) {
                    stages.refresher().refreshLater(visit, page);
                }
                yield stored(visit, page, Outcome.STALE, reason);
            }
            case Revalidate revalidate -> ask(visit, Errand.of(revalidate), MOST_WAITS);
            case Fetch fetch -> ask(visit, Errand.of(fetch), MOST_WAITS);
            case Unsatisfiable unsatisfiable -> succeededFuture(refused(visit.rule(), 504, Reason.ONLY_IF_CACHED));
        };
    }

    /** @param waits how often to wait for others' fetches before asking alone */
    private Future<Reply> ask(PageVisit visit, Errand errand, int waits) {
        if (waits == 0 || !mayShare(visit, errand)) {
            return fetch(visit, errand, null);
        }
        CacheKey shared = store.sharingKey(visit.key(), visit::asking);
        Duration maxWait = visit.behaviour().coalesceMaxWait();
        @Nullable
        Ticket ticket = mayLead(visit, errand) ? coalescer.join(shared, maxWait) : coalescer.follow(shared, maxWait);
        return switch (ticket) {
            case Leader leader -> lead(visit, errand, leader);
            case null -> fetch(visit, errand, null);
            case Follower(var settlement) -> settlement.compose(settled -> afterWaiting(visit, errand, settled, waits));
        };
    }

    /** Between the look that found nothing and the lead, the last leader may have stored the page: then nothing is to be fetched. */
    private Future<Reply> lead(PageVisit visit, Errand errand, Leader leader) {
        if (decide(visit) instanceof Fresh(var page)) {
            leader.settle(new Settlement.Stored());
            return shared(visit, page, Outcome.HIT, errand);
        }
        return fetch(visit, errand, leader);
    }

    /** An answer to one user's credentials is rarely for those who wait. */
    private static boolean mayLead(PageVisit visit, Errand errand) {
        StoredPage page = errand.page();
        return !visit.isForOneUser() || (page != null && page.directives().allowsAuthorized());
    }

    /** A page that was kept once and cannot be kept any more is not waited for either, though its last copy is still there. */
    private boolean mayShare(PageVisit visit, Errand errand) {
        return errand.coalesce()
                && !visit.behaviour().coalesceMaxWait().isZero()
                && store.knownUncacheable(visit.key()) == null;
    }

    private Future<Reply> afterWaiting(PageVisit visit, Errand errand, Settlement settlement, int waits) {
        return switch (settlement) {
            case Settlement.Failed(var failure) -> stages.fetched().failed(visit, failure, 0, 0);
            case Settlement.Unsuccessful(var status) ->
                waits > 1
                        ? decideAnew(visit, errand, waits - 1)
                        : stages.fetched().unsuccessful(visit, errand, status);
            case Settlement.WaitExceeded(var relief) -> fetch(visit, errand.impatient(), relief);
            case Settlement.Stored stored -> decideAnew(visit, errand, waits - 1);
            case Settlement.Overtaken overtaken -> decideAnew(visit, errand, waits - 1);
            case Settlement.NotShared alone -> decideAnew(visit, errand, 0);
        };
    }

    /** What the leader left in the store counts, not what it got. */
    private Future<Reply> decideAnew(PageVisit visit, Errand errand, int waits) {
        return switch (decide(visit)) {
            case Fresh(var page) -> shared(visit, page, Outcome.HIT, errand);
            case Part(var page) ->
                succeededFuture(part(
                        visit,
                        page,
                        CacheStatus.forwarded(errand.forward(), errand.reason()).shared()));
            case Stale(var page, var reason, var refresh) -> shared(visit, page, Outcome.STALE, errand);
            case Revalidate revalidate -> ask(visit, Errand.of(revalidate), waits);
            case Fetch fetch -> ask(visit, Errand.of(fetch), waits);
            case Unsatisfiable unsatisfiable -> succeededFuture(refused(visit.rule(), 504, Reason.ONLY_IF_CACHED));
        };
    }

    private Serving decide(PageVisit visit) {
        return decisions.decide(visit);
    }

    private Future<Reply> fetch(PageVisit visit, Errand errand, @Nullable Leader leader) {
        return stages.fetcher()
                .fetch(visit, errand, leader, visit.needsWhole())
                .compose(fetched -> stages.fetched().of(visit, errand, fetched));
    }

    private Future<Reply> stored(PageVisit visit, StoredPage page, Outcome outcome, Reason reason) {
        CacheStatus status = CacheStatus.hit(reason, stages.fetched().freshFor(page));
        return stages.pages().of(visit, page, status, stages.pages().stored(visit, page, outcome, status));
    }

    private Future<Reply> shared(PageVisit visit, StoredPage page, Outcome outcome, Errand errand) {
        CacheStatus status =
                CacheStatus.forwarded(errand.forward(), errand.reason()).shared();
        return stages.pages().of(visit, page, status, stages.pages().stored(visit, page, outcome, status));
    }

    private Reply part(PageVisit visit, StoredPage page, CacheStatus status) {
        return stages.pages().part(visit, page, status, stages.pages().stored(visit, page, Outcome.HIT, status));
    }

    private Reply refused(Rule rule, int status, Reason reason) {
        return LocalReplies.error(status, Provenance.local(Outcome.ERROR, reason, rule.name()), decisions.now());
    }
}
