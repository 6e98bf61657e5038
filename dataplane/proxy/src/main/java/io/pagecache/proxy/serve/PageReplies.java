package io.pagecache.proxy.serve;

import io.pagecache.http.AcceptEncoding;
import io.pagecache.http.Body;
import io.pagecache.http.ByteRanges;
import io.pagecache.http.ContentRange;
import io.pagecache.http.Headers;
import io.pagecache.http.HttpDates;
import io.pagecache.http.PageRequest;
import io.pagecache.http.PartialContent;
import io.pagecache.http.Preconditions;
import io.pagecache.http.RangeSelection;
import io.pagecache.proxy.metrics.Outcome;
import io.pagecache.proxy.metrics.Provenance;
import io.pagecache.proxy.origin.OutboundHeaders;
import io.pagecache.reuse.Representation;
import io.pagecache.status.CacheStatus;
import io.pagecache.store.StoredPage;
import io.pagecache.template.CompiledPage;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes replies of pages: the form the client takes, its conditions and ranges, and the fields of this hop. */
final class PageReplies {
    /** Fields about a body that a 304 does not have (RFC 9110 section 15.4.5). */
    private static final Set<String> ABOUT_CONTENT = Set.of(
            "content-type", "content-encoding", "content-language", "content-range", "content-length", "accept-ranges");

    private final PageJoiner joiner;
    private final InstantSource clock;
    private final Supplier<String> boundaries;

    /** @param boundaries yields random texts of letters and digits, to part multipart bodies */
    PageReplies(PageJoiner joiner, InstantSource clock, Supplier<String> boundaries) {
        this.joiner = joiner;
        this.clock = clock;
        this.boundaries = boundaries;
    }

    /** The reply to a visit from a page, stored or just fetched. */
    Future<Reply> of(PageVisit visit, StoredPage page, CacheStatus status, Provenance provenance) {
        Instant now = clock.instant();
        CompiledPage compiled = page.compiled();
        if (compiled == null) {
            Representation form =
                    Representation.of(page, AcceptEncoding.of(visit.request().headers()));
            Headers complete = ReaderFields.complete(visit, hop(form.headers(), page, status, now), page.vary());
            return Future.succeededFuture(answer(visit, page.status(), complete, List.of(form.body()), provenance));
        }
        return joiner.join(visit, compiled).map(joined -> {
            Headers fields = joined.headers(hop(page.headers(), page, status, now), clock.instant());
            List<String> dependsOn = dependsOn(visit, page, compiled);
            PersonalForm form = PersonalForm.of(visit, page.headers(), fields, joined.rendered());
            Headers complete = joined.withGroups(visit, ReaderFields.complete(visit, form.headers(), dependsOn));
            return answer(visit, page.status(), complete, form.parts(), provenance.withProblems(compiled.problems()));
        });
    }

    /** The reply to a range from a stored part that has it. */
    Reply part(PageVisit visit, StoredPage page, CacheStatus status, Provenance provenance) {
        Instant now = clock.instant();
        ContentRange held = Objects.requireNonNull(page.part());
        Headers fields = ReaderFields.complete(visit, hop(page.headers(), page, status, now), page.vary());
        Reply unneeded = unneeded(visit.request(), page.status(), fields, provenance);
        if (unneeded != null) {
            return unneeded;
        }
        if (!(ByteRanges.select(visit.request(), 200, page.headers(), held.complete(), now)
                instanceof RangeSelection.Partial(var ranges))) {
            throw new IllegalStateException("the range that was decided on is gone");
        }
        PartialContent part = PartialContent.ofPart(fields, page.body(), held, ranges.getFirst());
        return new Reply(206, part.headers(), new Content.Whole(part.pieces(), part.length()), provenance);
    }

    private static List<String> dependsOn(PageVisit visit, StoredPage page, CompiledPage compiled) {
        ToldValues told = visit.plan().told();
        return told.groups().isEmpty()
                ? page.vary()
                : told.with(page.vary(), visit.plan().renderer().valuesNeeded(compiled));
    }

    private static Headers hop(Headers fields, StoredPage page, CacheStatus status, Instant now) {
        Headers.Builder all = fields.toBuilder()
                .set("Age", Long.toString(page.age(now).toSeconds()))
                .add("Via", "1.1 " + OutboundHeaders.PSEUDONYM)
                .add("Cache-Status", status.toString());
        if (!fields.contains("Date")) {
            all.add("Date", HttpDates.format(page.receivedAt()));
        }
        return all.build();
    }

    private Reply answer(PageVisit visit, int status, Headers fields, List<Body> body, Provenance provenance) {
        Reply unneeded = unneeded(visit.request(), status, fields, provenance);
        if (unneeded != null) {
            return unneeded;
        }
        long length = 0;
        for (Body piece : body) {
            length += piece.length();
        }
        return whole(visit, status, fields, new Content.Whole(body, length), provenance);
    }

    /** What the request's conditions make of the reply, if anything. */
    private @Nullable Reply unneeded(PageRequest request, int status, Headers fields, Provenance provenance) {
        return switch (Preconditions.evaluate(request, status, fields, clock.instant())) {
            case NOT_MODIFIED -> new Reply(304, fields.without(ABOUT_CONTENT), new Content.Absent(), provenance);
            case FAILED -> new Reply(412, fields.without(ABOUT_CONTENT), new Content.Whole(Body.EMPTY), provenance);
            case PROCEED -> null;
        };
    }

    private Reply whole(PageVisit visit, int status, Headers fields, Content.Whole body, Provenance provenance) {
        if (visit.isHead()) {
            Headers sized = fields.toBuilder()
                    .set("Content-Length", Long.toString(body.length()))
                    .build();
            return new Reply(status, sized, new Content.Absent(), provenance);
        }
        if (status == 204) {
            return new Reply(status, fields, new Content.Absent(), provenance);
        }
        if (body.pieces().size() != 1) {
            return new Reply(status, fields, body, provenance);
        }
        var page = body.pieces().getFirst();
        return switch (ByteRanges.select(visit.request(), status, fields, page.length(), clock.instant())) {
            case RangeSelection.Whole all -> new Reply(status, fields, body, provenance);
            case RangeSelection.Partial partial -> {
                PartialContent part = PartialContent.of(fields, page, partial, boundaries.get());
                yield new Reply(206, part.headers(), new Content.Whole(part.pieces(), part.length()), provenance);
            }
            case RangeSelection.Unsatisfiable none -> {
                Headers unsatisfied = fields.without(ABOUT_CONTENT).toBuilder()
                        .set("Content-Range", PartialContent.unsatisfied(page.length()))
                        .build();
                yield new Reply(416, unsatisfied, new Content.Whole(Body.EMPTY), provenance);
            }
        };
    }

    /** What was answered from the store without asking the origin. */
    Provenance stored(PageVisit visit, StoredPage page, Outcome outcome, CacheStatus status) {
        long age = page.age(clock.instant()).toSeconds();
        return new Provenance(outcome, status.reason(), visit.rule().name(), age, 0, 0);
    }
}
