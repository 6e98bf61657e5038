package io.pagecache.proxy.serve;

import io.pagecache.http.ContentRange;
import io.pagecache.http.Headers;
import io.pagecache.http.PageResponse;
import io.pagecache.proxy.origin.OriginOutcome.Answered;
import io.pagecache.reuse.PartCombiner;
import io.pagecache.store.PageStore;
import io.pagecache.store.PutOutcome;
import io.pagecache.store.StoredPage;
import io.pagecache.storing.StoreDecision;
import io.vertx.core.Future;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps the parts of pages that an origin answers ranges with, and fetches the rest of them (RFC 9111 sections 3.3 and 3.4). */
final class PartKeeper {
    private final PageStore store;
    private final PageCollector collector;

    PartKeeper(PageStore store, PageCollector collector) {
        this.store = store;
        this.collector = collector;
    }

    private record Keepable(PageResponse head, StoreDecision.Store decision) {

        static @Nullable Keepable of(PageVisit visit, @Nullable PageResponse head) {
            if (head == null) {
                return null;
            }
            StoreDecision decision = visit.plan().storing().decide(visit.asGet(), visit.rule(), head);
            return decision instanceof StoreDecision.Store keep ? new Keepable(head, keep) : null;
        }
    }

    /** Whether the origin is asked for what is missing of a stored part. */
    static boolean isForRest(Errand errand) {
        return errand.part() != null && !errand.isIndividual();
    }

    /** The fields of a fetch; where a part of the page is stored, those that ask for the rest. */
    static Headers asking(PageVisit visit, Errand errand, Headers fetching) {
        StoredPage part = errand.part();
        if (part == null || errand.isIndividual() || complete(part) > PageCollector.limit(visit)) {
            return fetching;
        }
        Headers rest = PartCombiner.askingForRest(fetching, part);
        return rest == null ? fetching : rest;
    }

    private static int complete(StoredPage part) {
        return Objects.requireNonNull(part.part()).complete();
    }

    /**
     * The answer to one reader's range, which goes on as it comes and is kept once it is there: joined with the part from before,
     * or in its place.
     *
     * @return null when it may not be kept
     */
    @Nullable
    Fetched keep(Assignment assignment, Answered answered) {
        PageVisit visit = assignment.visit();
        PageResponse head = answered.response();
        ContentRange range = ContentRange.of(head.headers());
        boolean asked =
                assignment.errand().isIndividual() && visit.request().headers().contains("Range");
        if (!asked || range == null || range.length() > PageCollector.limit(visit)) {
            return null;
        }
        Keepable alone = Keepable.of(visit, PartCombiner.headOf(head, range));
        if (alone == null) {
            return null;
        }
        PartCombiner combiner = combiner(assignment, head);
        Keepable joined = combiner == null ? null : Keepable.of(visit, combiner.head(head));
        PageCollector.Collection collection = collector.collect(visit, answered, bytes -> {
            if (bytes.length != range.length()) {
                return null;
            }
            return combiner == null || joined == null
                    ? assemble(visit, alone, bytes)
                    : assemble(visit, joined, combiner.join(bytes));
        });
        collection
                .page()
                .onSuccess(page -> put(assignment, page, joined != null))
                .onComplete(known -> collection.body().release());
        return new Fetched.Streaming(head, collection.content(), null, answered.micros());
    }

    private static @Nullable PartCombiner combiner(Assignment assignment, PageResponse head) {
        StoredPage part = assignment.errand().part();
        PartCombiner combiner = part == null ? null : PartCombiner.of(part, head);
        boolean fits = combiner != null && combiner.joined().length() <= PageCollector.limit(assignment.visit());
        return fits ? combiner : null;
    }

    private static @Nullable StoredPage assemble(PageVisit visit, Keepable keepable, byte[] bytes) {
        return PageAssembler.assemble(visit, keepable.head(), bytes, keepable.decision(), PageCollector.limit(visit));
    }

    /** What a part was joined with must still be there: a purge may have taken it. */
    private PutOutcome put(Assignment assignment, StoredPage page, boolean isJoined) {
        return isJoined
                ? store.refreshed(Objects.requireNonNull(assignment.errand().part()), page, assignment.mark())
                : store.put(page, assignment.mark());
    }

    /**
     * The rest of a page.
     *
     * @param anew asks for all of it, when what has come is not the rest of the same page
     */
    Future<Fetched> complete(Assignment assignment, Answered answered, Supplier<Future<Fetched>> anew) {
        PageVisit visit = assignment.visit();
        PartCombiner combiner = combiner(assignment, answered.response());
        Keepable whole = combiner == null || !combiner.joined().isWhole()
                ? null
                : Keepable.of(visit, combiner.head(answered.response()));
        if (combiner == null || whole == null) {
            answered.body().abort();
            return anew.get();
        }
        PageCollector.Collection collection = collector.collect(
                visit,
                answered,
                bytes -> bytes.length == combiner.added().length()
                        ? assemble(visit, whole, combiner.join(bytes))
                        : null);
        return collection
                .page()
                .compose(
                        page -> {
                            PutOutcome outcome = put(assignment, page, true);
                            assignment.settle(PageFetcher.settlement(outcome));
                            return Future.<Fetched>succeededFuture(
                                    new Fetched.Complete(page, PageFetcher.refusal(outcome), answered.micros()));
                        },
                        broken -> anew.get())
                .onComplete(known -> {
                    collection.body().release();
                    collection.body().abandon();
                });
    }
}
