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
    private final InstantSource clock;

    Decisions(PageStore store, ReuseDecider reuse, AuthorSessions authors, InstantSource clock) {
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

    /** The checks of the plan first, then whether the client edits. */
    Admission admit(ActivePlan plan, AuthorVisit visit, Rule rule) {
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
