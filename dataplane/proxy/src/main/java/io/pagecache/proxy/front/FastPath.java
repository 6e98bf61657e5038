package io.pagecache.proxy.front;

import io.netty.handler.codec.http2.Http2Headers;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The fast path of one event loop. */
final class FastPath {
    /*
     * Nothing here decides what an answer is. The full chain answers a request; when the answer is a fresh hit, it offers a ticket
     * with it, and the octets that then leave are kept under the form of the request. For as long as every octet would come out
     * the same - until Age or the remaining lifetime change, at most a second - requests of the same form get those octets
     * without Vert.x. Then one request takes the whole way again and renews them. What must hold between two seconds is asked for
     * each hit: that the plan is still the same, and that the store still holds this very page (which also counts the hit for
     * the store's eviction). So the two paths cannot differ in what they know about HTTP, only in what makes two requests alike,
     * and that errs on the safe side: any field that is not known to be harmless is part of the form.
     */
    static final long MAX_BYTES = 32L << 20;

    final FastTable table = new FastTable(MAX_BYTES);
    final RequestForm form = new RequestForm();
    final LongAdder hits;
    private final Supplier<@Nullable FastPlan> plans;
    private final LongSupplier millis;
    private @Nullable FastPlan plan;
    private FieldClasses ignored = new FieldClasses(Set.of());

    FastPath(Supplier<@Nullable FastPlan> plans, LongSupplier millis, LongAdder hits) {
        this.plans = plans;
        this.millis = millis;
        this.hits = hits;
    }

    /** The plan in force, null when nothing may be answered here. Answers of an earlier plan are gone afterwards. */
    @Nullable
    FastPlan plan() {
        FastPlan inForce = plans.get();
        if (inForce != plan) {
            plan = inForce;
            table.clear();
            ignored = new FieldClasses(inForce == null ? Set.of() : inForce.ignored());
        }
        return inForce;
    }

    /** @param inForce from {@link #plan} */
    boolean fillForm(byte[] bytes, RequestHead head, int peerClass, FastPlan inForce) {
        return form.fill(bytes, head, peerClass, inForce, ignored);
    }

    /** The same for a request over HTTP/2. */
    boolean fillForm(Http2Headers fields, int peerClass, FastPlan inForce) {
        return form.fill(fields, peerClass, inForce, ignored);
    }

    /** The answer to requests of the current form, if it may still be given. */
    FastTable.@Nullable Entry find(FastPlan inForce) {
        FastTable.Entry entry = table.find(form);
        if (entry == null) {
            return null;
        }
        FastTicket ticket = entry.ticket();
        if (ticket.plan() == inForce.identity()
                && millis.getAsLong() < ticket.untilMillis()
                && ticket.stands().getAsBoolean()) {
            return entry;
        }
        table.remove(entry);
        return null;
    }

    void tidy() {
        table.tidy(millis.getAsLong());
    }

    void close() {
        table.clear();
    }
}
