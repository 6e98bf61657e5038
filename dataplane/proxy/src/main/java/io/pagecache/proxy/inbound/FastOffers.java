package io.pagecache.proxy.inbound;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import io.pagecache.http.DeviceClass;
import io.pagecache.http.Headers;
import io.pagecache.http.VaryFields;
import io.pagecache.plan.AccessLog;
import io.pagecache.proxy.front.FastPlan;
import io.pagecache.proxy.front.FastTicket;
import io.pagecache.proxy.h2.Http2Request;
import io.pagecache.proxy.log.TrafficJournal;
import io.pagecache.proxy.metrics.FinishedRequest;
import io.pagecache.proxy.serve.ActivePlan;
import io.pagecache.proxy.serve.Content;
import io.pagecache.proxy.serve.Reply;
import io.pagecache.store.PageStore;
import io.pagecache.store.StoredPage;
import io.pagecache.variants.Experiments;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Offers fresh hits to the fast path, with how long and on what condition they may be repeated. */
final class FastOffers {
    private final PageStore store;
    private final FastPlans plans;
    private final TrafficJournal journal;
    private final InstantSource clock;
    private volatile @Nullable Resolver resolver;

    private record Resolver(Object plan, ClientResolver clients) {}

    FastOffers(PageStore store, FastPlans plans, TrafficJournal journal, InstantSource clock) {
        this.store = store;
        this.plans = plans;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * To be called right before the reply is written.
     *
     * @param plan identity of the plan that the reply was made under
     * @param first the request that gets it
     */
    void offer(HttpServerRequest wire, Object plan, Reply reply, AccessLog wanted, FinishedRequest first) {
        StoredPage page = reply.repeatable();
        boolean whole = reply.status() == page(page) || reply.status() == 304;
        FastPlan known = plans.get();
        if (page == null || !whole || known == null || known.identity() != plan || !tellsVariantsApart(known, page)) {
            return;
        }
        Instant now = clock.instant();
        long until = until(page, now);
        if (until > now.toEpochMilli() && isOfThisSecond(reply, page, now)) {
            FastTicket ticket =
                    new FastTicket(plan, until, store.standing(page), new Repetitions(wanted, first, resolver(plan)));
            if (Http2Request.is(wire)) {
                offerOverHttp2(ticket, wire, reply);
            } else {
                ticket.offer(wire.connection());
            }
        }
    }

    /** As {@link ResponseWriter} writes it. */
    private static void offerOverHttp2(FastTicket ticket, HttpServerRequest wire, Reply reply) {
        Http2Headers head = new DefaultHttp2Headers().status(Integer.toString(reply.status()));
        reply.headers().forEach((name, value) -> head.add(AsciiString.of(name).toLowerCase(), AsciiString.of(value)));
        ByteBuf body = Unpooled.EMPTY_BUFFER;
        if (reply.content() instanceof Content.Whole(var pieces, var length)) {
            head.set("content-length", AsciiString.of(Long.toString(length)));
            body = ResponseWriter.bytes(pieces);
        }
        ticket.offer(wire.connection(), wire.streamId(), head, body);
    }

    private ClientResolver resolver(Object plan) {
        Resolver known = resolver;
        if (known == null || known.plan() != plan) {
            List<String> trusted =
                    plan instanceof ActivePlan active ? active.plan().trustedProxies() : List.of();
            known = new Resolver(plan, new ClientResolver(trusted));
            resolver = known;
        }
        return known.clients();
    }

    private static int page(@Nullable StoredPage page) {
        return page == null ? 0 : page.status();
    }

    private static boolean tellsVariantsApart(FastPlan plan, StoredPage page) {
        for (String field : page.vary()) {
            if (!tellsApart(plan, field)) {
                return false;
            }
        }
        return true;
    }

    /** What the proxy itself tells the origin about the reader is not in the request's octets. */
    private static boolean tellsApart(FastPlan plan, String field) {
        if (VaryFields.isCookie(field)) {
            return plan.cookiesMatter();
        }
        boolean toldByProxy = field.equals("forwarded")
                || field.startsWith("x-forwarded-")
                || field.startsWith(Experiments.RESERVED_PREFIX)
                || field.equalsIgnoreCase(DeviceClass.FIELD);
        return !toldByProxy && plan.tellsApart(field);
    }

    /** When Age or the remaining lifetime shows another second. */
    private static long until(StoredPage page, Instant now) {
        Duration age = page.age(now);
        Duration left = page.lifetime().minus(age);
        if (left.isNegative() || left.isZero()) {
            return 0;
        }
        long nanosToNextAge = TimeUnit.SECONDS.toNanos(1) - age.getNano();
        return now.plusNanos(Math.min(nanosToNextAge, left.getNano())).toEpochMilli();
    }

    /** Whether the second has not changed since the reply was made. */
    private static boolean isOfThisSecond(Reply reply, StoredPage page, Instant now) {
        return Long.toString(page.age(now).toSeconds()).equals(reply.headers().first("Age"));
    }

    private final class Repetitions implements FastTicket.Hits {
        private final AccessLog wanted;
        private final FinishedRequest first;
        private final ClientResolver clients;

        Repetitions(AccessLog wanted, FinishedRequest first, ClientResolver clients) {
            this.wanted = wanted;
            this.first = first;
            this.clients = clients;
        }

        @Override
        public void visitor(String peer, @Nullable String forwardedFor) {
            Headers told = forwardedFor == null ? Headers.EMPTY : Headers.of("X-Forwarded-For", forwardedFor);
            journal.visited(clients.client(peer, told).text());
        }

        @Override
        public void repeated(long bodyBytes) {
            journal.repeated(first, bodyBytes);
        }

        @Override
        public boolean wantsLog() {
            return journal.wantsLog(wanted);
        }
    }
}
