package io.pagecache.proxy.serve;

import io.pagecache.admission.Admission.PassThrough;
import io.pagecache.plan.Rule;
import io.pagecache.status.Reason;

/** Where a request goes, before anything is looked up. */
sealed interface Route {

    Rule rule();

    /** The proxy answers with an error. */
    record Refused(Rule rule, int status, Reason reason) implements Route {}

    /** The proxy sends the reader to another address. */
    record Elsewhere(Visit visit, Rule rule, Redirect redirect) implements Route {}

    /** Past the cache. */
    record Past(Visit visit, Rule rule, PassThrough pass) implements Route {}

    /** Through the cache. */
    record Through(PageVisit page) implements Route {

        @Override
        public Rule rule() {
            return page.rule();
        }
    }
}
