package io.pagecache.proxy.serve;

import io.pagecache.esi.FragmentAddress;
import io.pagecache.http.Body;
import io.pagecache.http.Headers;
import io.pagecache.http.PageRequest;
import io.pagecache.plan.CachePlan;
import io.pagecache.proxy.metrics.FragmentMeters;
import io.pagecache.proxy.metrics.Outcome;
import io.pagecache.proxy.origin.Asides;
import io.pagecache.status.FragmentAbsence;
import io.pagecache.status.Reason;
import io.pagecache.template.Fragment;
import io.pagecache.template.FragmentCall;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Gets the fragments of pages, each as a page of its own: with its own key, lifetime, coalescing and stale copies. The result is
 * never a failure, only a fragment that is absent for a reason.
 */
final class FragmentLoader {
    private static final Logger LOG = Logger.getLogger(FragmentLoader.class);

    /** What a client asked of its page and not of the page's fragments. */
    private static final Set<String> OF_THE_PAGE = Set.of(
            "host",
            "range",
            "if-range",
            "if-match",
            "if-none-match",
            "if-modified-since",
            "if-unmodified-since",
            "accept-encoding",
            "content-length",
            "content-type",
            "content-encoding",
            "transfer-encoding",
            "expect",
            "upgrade",
            "http2-settings");

    private static final Set<String> OF_THE_READER = Set.of("cookie", "authorization");

    /** Why the origin is asked for what it then keeps for all: a fragment with another reason is one reader's. */
    private static final Set<Reason> KEPT = EnumSet.of(
            Reason.ABSENT,
            Reason.OTHER_VARIANT_STORED,
            Reason.EXPIRED,
            Reason.PURGED_SOFT,
            Reason.MUST_REVALIDATE,
            Reason.COALESCE_WAIT_EXCEEDED);

    /**
     * What a call has brought.
     *
     * @param headers of the fragment's answer; empty when it is absent
     * @param isShared whether others get the same
     */
    record Loaded(Fragment fragment, Headers headers, boolean isShared) {
        static final Loaded NOTHING = new Loaded(new Fragment.Absent(), Headers.EMPTY, true);
    }

    private final Vertx vertx;
    private final FragmentMeters meters;
    private final InstantSource clock;
    private @Nullable PageServer server;

    FragmentLoader(Vertx vertx, FragmentMeters meters, InstantSource clock) {
        this.vertx = vertx;
        this.meters = meters;
        this.clock = clock;
    }

    /** Where fragments go through like any request; they are part of what serves pages, so it is known only afterwards. */
    void through(PageServer pages) {
        server = pages;
    }

    /** @param page the visit for the page that calls, with an inclusion even if a client made it */
    Future<Loaded> load(Visit page, FragmentCall call) {
        Inclusion around = Objects.requireNonNull(page.inclusion());
        PageRequest request = request(page, call);
        if (request == null) {
            return absent(page, call, FragmentAbsence.FOREIGN_SOURCE);
        }
        if (around.isLoop(request)) {
            return absent(page, call, FragmentAbsence.LOOP);
        }
        if (around.isTooDeep()) {
            return absent(page, call, FragmentAbsence.TOO_DEEP);
        }
        if (!around.allowance().take()) {
            return absent(page, call, FragmentAbsence.TOO_MANY);
        }
        Visit visit =
                new Visit(page.plan(), request, NoBody.INSTANCE, 0, around.of(request, call.terms()), Asides.NONE);
        return inTime(visit, around.patience(call.terms(), clock.instant()).toMillis())
                .compose(reply -> reply == null
                        ? absent(page, call, FragmentAbsence.TOO_LATE)
                        : loaded(reply).recover(cause -> absent(page, call, FragmentContent.reason(cause))))
                .recover(bug -> {
                    LOG.errorf(bug, "cannot join %s", call.reference());
                    return absent(page, call, FragmentAbsence.BROKEN);
                });
    }

    private static @Nullable PageRequest request(Visit page, FragmentCall call) {
        PageRequest outer = page.request();
        CachePlan plan = page.plan().plan();
        FragmentAddress address = FragmentAddress.resolve(
                call.reference(), outer, plan.hosts(), page.plan().outbound().originAuthority());
        if (address == null) {
            return null;
        }
        Headers ofPage = outer.headers().without(OF_THE_PAGE);
        Headers fields = address.host().equals(outer.host()) ? ofPage : ofPage.without(OF_THE_READER);
        return new PageRequest(
                "GET",
                outer.scheme(),
                address.host(),
                address.path(),
                address.query(),
                fields.toBuilder().set("Host", address.host()).build(),
                outer.client(),
                false);
    }

    /** The reply, or when it is late what the store has in its stead; null when it has nothing. */
    private Future<@Nullable Reply> inTime(Visit visit, long millis) {
        PageServer pages = Objects.requireNonNull(server);
        Promise<@Nullable Reply> first = Promise.promise();
        long timer = vertx.setTimer(
                millis,
                late -> pages.standIn(visit)
                        .onSuccess(reply -> first.tryComplete(reply.status() < 500 ? reply : null))
                        .onFailure(first::tryFail));
        Future.succeededFuture(visit).compose(pages::serve).onComplete(result -> {
            vertx.cancelTimer(timer);
            if (result.failed()) {
                first.tryFail(result.cause());
            } else if (!first.tryComplete(result.result())) {
                FragmentContent.abandon(result.result().content());
            }
        });
        return first.future();
    }

    private Future<Loaded> loaded(Reply reply) {
        return FragmentContent.of(reply).map(body -> {
            meters.joined(reply.provenance().outcome());
            long length = 0;
            for (Body part : body) {
                length += part.length();
            }
            return new Loaded(new Fragment.Present(body, length), reply.headers(), isShared(reply));
        });
    }

    private static boolean isShared(Reply reply) {
        Outcome outcome = reply.provenance().outcome();
        return outcome == Outcome.HIT
                || outcome == Outcome.STALE
                || outcome == Outcome.MISS && KEPT.contains(reply.provenance().reason());
    }

    private Future<Loaded> absent(Visit page, FragmentCall call, FragmentAbsence reason) {
        LOG.debugf("%s%s: no %s: %s", page.request().host(), page.request().path(), call.reference(), reason.token());
        meters.absent(reason);
        return Future.succeededFuture(Loaded.NOTHING);
    }

    /** What a page starts from that a client asked for. */
    Visit calling(Visit visit) {
        return visit.inclusion() != null
                ? visit
                : new Visit(
                        visit.plan(),
                        visit.request(),
                        visit.body(),
                        visit.bodyLength(),
                        Inclusion.none(visit.request(), clock.instant()),
                        visit.asides());
    }
}
