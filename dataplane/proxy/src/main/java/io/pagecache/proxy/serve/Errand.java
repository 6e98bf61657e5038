package io.pagecache.proxy.serve;

import io.pagecache.reuse.Serving;
import io.pagecache.status.ForwardReason;
import io.pagecache.status.Reason;
import io.pagecache.store.StoredPage;
import org.jspecify.annotations.Nullable;

/**
 * What the origin is asked for and why.
 *
 * @param page the stored page that may turn out to hold still, or null
 * @param mayServeIfError whether that page may stand in if the origin fails
 * @param coalesce whether others may wait for the outcome
 * @param part the stored part of the page that the answer may complete, or null
 */
record Errand(
        ForwardReason forward,
        Reason reason,
        @Nullable StoredPage page,
        boolean mayServeIfError,
        boolean coalesce,
        @Nullable StoredPage part) {

    Errand(ForwardReason forward, Reason reason, @Nullable StoredPage page, boolean mayServeIfError, boolean coalesce) {
        this(forward, reason, page, mayServeIfError, coalesce, null);
    }

    static Errand of(Serving.Fetch fetch) {
        return new Errand(fetch.forward(), fetch.reason(), null, false, fetch.coalesce(), fetch.part());
    }

    static Errand of(Serving.Revalidate revalidate) {
        return new Errand(
                ForwardReason.STALE,
                revalidate.reason(),
                revalidate.page(),
                revalidate.mayServeIfError(),
                revalidate.coalesce());
    }

    /** In the background, while readers get the stale page. */
    static Errand refresh(StoredPage page) {
        return new Errand(ForwardReason.STALE, Reason.EXPIRED, page, true, true);
    }

    /** The same for one who waited too long for another's fetch. */
    Errand impatient() {
        return new Errand(forward, Reason.COALESCE_WAIT_EXCEEDED, page, mayServeIfError, false);
    }

    /** The same, asked without conditions. */
    Errand unconditional() {
        return new Errand(forward, reason, null, mayServeIfError, coalesce);
    }

    /** The same for the whole page, whatever part of it was asked for. */
    Errand entire() {
        return new Errand(forward, Reason.ABSENT, page, mayServeIfError, false);
    }

    /** The same for all of the page, whatever part of it is stored. */
    Errand withoutPart() {
        return new Errand(forward, reason, page, mayServeIfError, coalesce);
    }

    /** For the one who asked, with its ranges and conditions: nobody else could use the answer. */
    boolean isIndividual() {
        return reason == Reason.RANGE_ABSENT || reason == Reason.KNOWN_UNCACHEABLE;
    }
}
