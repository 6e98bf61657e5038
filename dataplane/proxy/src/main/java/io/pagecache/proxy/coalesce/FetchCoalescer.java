package io.pagecache.proxy.coalesce;

import io.pagecache.key.CacheKey;
import io.pagecache.proxy.origin.OriginFailure;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Lets one request for a key fetch while the others wait.
 *
 * <p>Mechanism: one {@code Flight} per key in a concurrent map. Who puts it there leads; everyone else joins its list of
 * waiters. Settling takes the flight out of the map <em>before</em> the waiters are woken, so one who comes a moment later finds
 * either the flight or what it left in the store, never neither. Waiters learn only how it ended and decide anew on the store:
 * a private answer cannot reach them, for they never see any. A waiter is woken on the event loop it came from, so its reply is
 * written where its connection lives.
 *
 * <p>A leader must settle on every path. It does not depend on its client: the fetch of a leader whose client has left goes on
 * for those who wait.
 *
 * <p>A fetch that takes longer than a waiter is to wait gets relief, not a stampede: at most {@value #MOST_RELIEFS} waiters at a
 * time fetch as well, the others wait on for whoever is first. Waiting ends after six times the time, at least half a minute.
 */
public final class FetchCoalescer {

    private static final int MOST_RELIEFS = 4;
    private static final int MOST_ROUNDS = 6;
    private static final long LEAST_PATIENCE_MILLIS = 30_000;

    /** What joining yields. */
    public sealed interface Ticket {}

    /** You fetch; {@link #settle} when the outcome is known, exactly once. */
    public final class Leader implements Ticket {
        private final CacheKey key;
        private final Flight flight;
        private final boolean relieves;
        private boolean settled;

        private Leader(CacheKey key, Flight flight, boolean relieves) {
            this.key = key;
            this.flight = flight;
            this.relieves = relieves;
        }

        /** The first word counts; later ones say nothing. */
        public synchronized void settle(Settlement settlement) {
            if (settled) {
                return;
            }
            settled = true;
            if (relieves && settlement.isFailure()) {
                flight.reliefFailed();
            } else {
                flights.remove(key, flight);
                flight.land(settlement);
            }
        }
    }

    /** Somebody else fetches; the future never fails. */
    public record Follower(Future<Settlement> settlement) implements Ticket {}

    private final Vertx vertx;
    private final ConcurrentMap<CacheKey, Flight> flights = new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final LongAdder coalesced = new LongAdder();

    public FetchCoalescer(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Leads when nobody does, else waits for at most {@code maxWait}. */
    public Ticket join(CacheKey key, Duration maxWait) {
        while (true) {
            Flight mine = new Flight();
            Flight others = flights.putIfAbsent(key, mine);
            if (others == null) {
                return new Leader(key, mine, false);
            }
            Waiter waiter = new Waiter(vertx.getOrCreateContext());
            if (others.board(waiter)) {
                coalesced.increment();
                return new Follower(await(waiter, others, key, maxWait));
            }
        }
    }

    /** Waits when somebody fetches; null when nobody does. */
    public @Nullable Follower follow(CacheKey key, Duration maxWait) {
        Flight others = flights.get(key);
        Waiter waiter = new Waiter(vertx.getOrCreateContext());
        if (others == null || !others.board(waiter)) {
            return null;
        }
        coalesced.increment();
        return new Follower(await(waiter, others, key, maxWait));
    }

    /** Leads when nobody does; null when somebody does. */
    public @Nullable Leader tryLead(CacheKey key) {
        Flight mine = new Flight();
        return flights.putIfAbsent(key, mine) == null ? new Leader(key, mine, false) : null;
    }

    private Future<Settlement> await(Waiter waiter, Flight flight, CacheKey key, Duration maxWait) {
        waiting.incrementAndGet();
        long round = Math.max(1, maxWait.toMillis());
        AtomicLong left = new AtomicLong(Math.max(MOST_ROUNDS, LEAST_PATIENCE_MILLIS / round));
        long timer = vertx.setPeriodic(round, fired -> {
            if (flight.relieve(waiter)) {
                waiter.promise.tryComplete(new Settlement.WaitExceeded(new Leader(key, flight, true)));
            } else if (left.decrementAndGet() <= 0) {
                flight.leave(waiter);
                waiter.promise.tryComplete(new Settlement.Failed(OriginFailure.TIMEOUT));
            }
        });
        return waiter.promise.future().onComplete(settled -> {
            waiting.decrementAndGet();
            vertx.cancelTimer(timer);
        });
    }

    /** Requests waiting at this moment. */
    public int waiting() {
        return waiting.get();
    }

    /** Requests that ever waited for another's fetch. */
    public long coalesced() {
        return coalesced.sum();
    }

    private record Waiter(Context context, Promise<Settlement> promise) {
        Waiter(Context context) {
            this(context, Promise.promise());
        }

        void wake(Settlement settlement) {
            context.runOnContext(v -> promise.tryComplete(settlement));
        }
    }

    private static final class Flight {
        private @Nullable Set<Waiter> waiters = new LinkedHashSet<>();
        private int reliefs;

        synchronized boolean board(Waiter waiter) {
            return waiters != null && waiters.add(waiter);
        }

        /** Whether this waiter is to fetch as well; it waits no longer then. */
        synchronized boolean relieve(Waiter waiter) {
            if (reliefs >= MOST_RELIEFS || waiters == null || !waiters.remove(waiter)) {
                return false;
            }
            reliefs++;
            return true;
        }

        synchronized void reliefFailed() {
            reliefs--;
        }

        synchronized void leave(Waiter waiter) {
            if (waiters != null) {
                waiters.remove(waiter);
            }
        }

        void land(Settlement settlement) {
            Set<Waiter> woken;
            synchronized (this) {
                woken = waiters;
                waiters = null;
            }
            if (woken != null) {
                woken.forEach(waiter -> waiter.wake(settlement));
            }
        }
    }
}
