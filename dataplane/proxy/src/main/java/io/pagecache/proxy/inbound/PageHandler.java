package io.pagecache.proxy.inbound;

import io.pagecache.http.PageRequest;
import io.pagecache.http.Trailers;
import io.pagecache.plan.AccessLog;
import io.pagecache.proxy.front.FastTicket;
import io.pagecache.proxy.front.TrailerKeeper;
import io.pagecache.proxy.h2.Http2Counters;
import io.pagecache.proxy.h2.Http2Request;
import io.pagecache.proxy.log.TrafficJournal;
import io.pagecache.proxy.metrics.FinishedRequest;
import io.pagecache.proxy.origin.Asides;
import io.pagecache.proxy.origin.BoundedBody;
import io.pagecache.proxy.serve.ActivePlan;
import io.pagecache.proxy.serve.LocalReplies;
import io.pagecache.proxy.serve.PageServer;
import io.pagecache.proxy.serve.PlanHolder;
import io.pagecache.proxy.serve.Reply;
import io.pagecache.proxy.serve.Visit;
import io.pagecache.status.Reason;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.streams.ReadStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Takes the requests of one event loop from the wire through the cache and back. */
final class PageHandler implements Handler<HttpServerRequest> {
    private static final Logger LOG = Logger.getLogger(PageHandler.class);
    private static final AccessLog CERTAIN_LOG = new AccessLog(AccessLog.Mode.ALL, 1);
    private static final AccessLog NO_LOG = new AccessLog(AccessLog.Mode.OFF, 0);

    private final PlanHolder plans;
    private final PageServer server;
    private final TrafficJournal journal;
    private final UnderWay underWay;
    private final InstantSource clock;
    private final FastOffers offers;
    private final Http2Counters http2;

    private @Nullable ActivePlan resolversPlan;
    private @Nullable ClientResolver resolver;

    PageHandler(DataListener.Handlers with, FastOffers offers, Http2Counters http2) {
        this.plans = with.plans();
        this.server = with.server();
        this.journal = with.journal();
        this.underWay = with.underWay();
        this.clock = with.clock();
        this.offers = offers;
        this.http2 = http2;
    }

    @Override
    public void handle(HttpServerRequest wire) {
        wire.pause();
        Instant at = clock.instant();
        ActivePlan plan = plans.current();
        if (plan == null) {
            refuse(wire, new Arrival.Refused(503, Reason.ORIGIN_UNRESOLVED), at, NO_LOG);
            return;
        }
        switch (RequestReader.read(wire, resolver(plan))) {
            case Arrival.Refused refused ->
                refuse(wire, refused, at, plan.plan().accessLog());
            case Arrival.Malformed malformed -> {
                http2.malformed();
                Http2Request.refuse(wire);
            }
            case Arrival.Understood(var request, var bodyLength) -> {
                long most = plan.plan().http().maxRequestBody();
                if (bodyLength > most) {
                    refuse(
                            wire,
                            new Arrival.Refused(413, Reason.BODY_TOO_LARGE),
                            at,
                            plan.plan().accessLog());
                } else {
                    ReadStream<Buffer> body = bodyLength < 0 ? new BoundedBody(wire, most) : wire;
                    serve(wire, new Visit(plan, request, body, bodyLength, asides(wire)), at);
                }
            }
        }
    }

    private static Asides asides(HttpServerRequest wire) {
        ContextInternal here = (ContextInternal) Objects.requireNonNull(Vertx.currentContext());
        return new Asides(
                interim -> here.execute(interim, known -> ResponseWriter.write(wire, known)),
                () -> Trailers.passable(TrailerKeeper.trailers(wire.connection())));
    }

    private void serve(HttpServerRequest wire, Visit visit, Instant at) {
        boolean chosen = FastTicket.isChosenForLog(wire.connection());
        AccessLog wanted = chosen ? CERTAIN_LOG : visit.plan().plan().accessLog();
        Passage passage = new Passage(wire, visit.request(), at, wanted);
        Future.succeededFuture(visit)
                .compose(server::serve) // catches what is thrown before there is a future to fail
                .otherwise(cause -> {
                    // The one place where a bug becomes a reply.
                    LOG.errorf(
                            cause,
                            "cannot serve %s %s",
                            visit.request().method(),
                            visit.request().target());
                    return LocalReplies.error(500, Reason.INTERNAL_ERROR, clock.instant());
                })
                .onSuccess(reply -> passage.reply(reply, visit.plan()));
    }

    private void refuse(HttpServerRequest wire, Arrival.Refused refused, Instant at, AccessLog wanted) {
        Reply reply = LocalReplies.error(refused.status(), refused.reason(), at);
        new Passage(wire, null, at, wanted).replyAndClose(reply);
    }

    private ClientResolver resolver(ActivePlan plan) {
        ClientResolver known = resolver;
        if (known == null || resolversPlan != plan) {
            known = new ClientResolver(plan.plan().trustedProxies());
            resolver = known;
            resolversPlan = plan;
        }
        return known;
    }

    /** One request from its head to the end of its reply. */
    private final class Passage {
        private final HttpServerRequest wire;
        private final @Nullable PageRequest request;
        private final Instant at;
        private final AccessLog wanted;
        private final long started = System.nanoTime();

        Passage(HttpServerRequest wire, @Nullable PageRequest request, Instant at, AccessLog wanted) {
            this.wire = wire;
            this.request = request;
            this.at = at;
            this.wanted = wanted;
            underWay.begin();
        }

        void reply(Reply reply, ActivePlan plan) {
            if (reply.repeatable() != null) {
                offers.offer(wire, plan, reply, plan.plan().accessLog(), finished(reply));
            }
            // What is left of a body that nobody read would be taken for the next request.
            boolean unread = request != null && request.hasBody() && !wire.isEnded();
            write(reply, unread || underWay.isLeaving());
        }

        void replyAndClose(Reply reply) {
            write(reply, true);
        }

        private void write(Reply reply, boolean close) {
            wire.response().endHandler(over -> finish(reply));
            if (wire.response().closed()) {
                finish(reply);
            }
            try {
                ResponseWriter.write(wire, reply, close);
            } catch (RuntimeException cannotBeWritten) {
                LOG.errorf(cannotBeWritten, "cannot write the reply to %s", wire.uri());
                ResponseWriter.abandon(reply.content());
                wire.connection().close();
            }
        }

        private void finish(Reply reply) {
            underWay.end();
            journal.finished(wanted, finished(reply));
        }

        private FinishedRequest finished(Reply reply) {
            long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - started);
            String agent = wire.getHeader("User-Agent");
            return new FinishedRequest(
                    at,
                    request == null
                            ? String.valueOf(wire.remoteAddress().hostAddress())
                            : request.client().text(),
                    wire.method().name(),
                    request == null ? "" : request.host(),
                    request == null ? wire.uri() : request.path(),
                    reply.status(),
                    wire.response().bytesWritten(),
                    micros,
                    agent == null ? "" : agent,
                    reply.provenance());
        }
    }
}
