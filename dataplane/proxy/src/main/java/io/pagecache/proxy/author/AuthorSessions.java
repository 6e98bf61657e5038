package io.pagecache.proxy.author;

import io.pagecache.author.AuthorRules;
import io.pagecache.author.AuthorSeal;
import io.pagecache.author.AuthorSeal.Claim;
import io.pagecache.http.Cookies;
import io.pagecache.http.PageRequest;
import io.pagecache.plan.AuthorRoll;
import io.pagecache.plan.AuthorRoll.Kind;
import io.pagecache.plan.AuthorRoll.Session;
import io.pagecache.plan.Authors;
import io.pagecache.plan.Authors.Identity;
import io.pagecache.plan.CachePlan;
import io.pagecache.plan.Peers;
import io.pagecache.plan.PurgeMode;
import io.pagecache.plan.PurgeOrder;
import io.pagecache.plan.PurgeScope;
import io.pagecache.proxy.cluster.PeerCalls;
import io.pagecache.proxy.cluster.SharedSecret;
import io.pagecache.store.PageStore;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Who edits, as far as this proxy knows, and what follows for its store. Thread-safe. */
public final class AuthorSessions {
    /*
     * One immutable roll is the whole memory; it changes only by merging, in update(). What follows from a change is done there as
     * well, under the lock, so that it is done once: the store begins or ceases to hold its pages, and a save that was not known
     * yet purges. Requests read one volatile snapshot.
     *
     * A cookie proves itself: it is signed and says when its owner last edited. A proxy that was not told of the session - cut off
     * or started just then - learns of it from the cookie.
     *
     * An edit under way holds the store already: the origin may have changed before its answer is here.
     */
    private static final Logger LOG = Logger.getLogger(AuthorSessions.class);

    /** How much longer than the quiet period a session that nobody else has told of is believed by its cookie alone. */
    private static final Duration LATE_COOKIE = Duration.ofHours(1);

    /** How long a save is told of: by then whoever answers has heard of it. */
    private static final Duration SAVES_REMEMBERED = Duration.ofMinutes(10);

    private static final int ID_BYTES = 12;
    private static final List<PurgeScope> EVERYTHING = List.of(new PurgeScope.All());

    private record Snapshot(AuthorRoll roll, Set<String> addresses) {}

    private record Rules(AuthorRules rules, @Nullable AuthorSeal seal) {}

    private final PageStore store;
    private final SharedSecret secret;
    private final PeerCalls calls;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final LongAdder unshared = new LongAdder();
    private final AtomicInteger editsUnderWay = new AtomicInteger();
    private volatile Snapshot known = new Snapshot(AuthorRoll.EMPTY, Set.of());
    private volatile @Nullable Rules inForce;
    private volatile Peers peers = Peers.NONE;
    private volatile boolean holding;

    public AuthorSessions(PageStore store, SharedSecret secret, PeerCalls calls, InstantSource clock) {
        this.store = store;
        this.secret = secret;
        this.calls = calls;
        this.clock = clock;
    }

    /** What the plan in force says of authors. */
    public synchronized void inForce(AuthorRules rules, CachePlan plan) {
        byte[] key = secret.bytes();
        AuthorSeal seal = key == null || rules.authors() == null ? null : AuthorSeal.of(key, plan.policy());
        inForce = new Rules(rules, seal);
        holdIfNeeded();
    }

    public AuthorRoll roll() {
        return known.roll();
    }

    public Peers peers() {
        return peers;
    }

    public void tellOf(Peers others) {
        peers = others;
    }

    /** Edits that a peer was not told of in time. */
    public LongAdder unshared() {
        return unshared;
    }

    /** Whether readers keep what is stored. */
    public boolean holds() {
        return holding;
    }

    /** Keyed hashes of the addresses whose requests must take the whole way; a new set whenever it changes. */
    public Set<String> addresses() {
        return known.addresses();
    }

    /** What stands for an address in {@link #addresses}; null when no address counts. */
    public @Nullable String addressId(byte[] address) {
        Rules rules = inForce;
        return rules == null || rules.seal() == null || address.length == 0
                ? null
                : rules.seal().addressId(address);
    }

    /** What a request is with regard to authors. Cheap for a policy without any. */
    public AuthorVisit visit(PageRequest request, AuthorRules rules) {
        Authors authors = rules.authors();
        if (authors == null) {
            return new AuthorVisit(request, false, false, null);
        }
        Claim claim = claimOf(request);
        boolean byAuthor = authors.mode() == Authors.Mode.QUIET && isAuthor(request, claim, authors);
        PageRequest cleaned = request.with(Cookies.without(request.headers(), AuthorSeal.COOKIE));
        return new AuthorVisit(cleaned, byAuthor, rules.isEdit(request), claim);
    }

    private @Nullable Claim claimOf(PageRequest request) {
        Rules rules = inForce;
        String cookie = Cookies.value(request.headers(), AuthorSeal.COOKIE);
        return cookie == null || rules == null || rules.seal() == null
                ? null
                : rules.seal().open(cookie);
    }

    private boolean isAuthor(PageRequest request, @Nullable Claim claim, Authors authors) {
        Snapshot snapshot = known;
        if (authors.identifyBy().contains(Identity.CLIENT_IP)
                && !snapshot.addresses().isEmpty()
                && snapshot.addresses()
                        .contains(String.valueOf(addressId(request.client().bytes())))) {
            return true;
        }
        if (claim == null || !authors.identifyBy().contains(Identity.COOKIE)) {
            return false;
        }
        if (snapshot.roll().find(claim.id()).isPresent()) {
            return true;
        }
        boolean believed = snapshot.roll().isOpen(claim.id(), claim.lastEditAt())
                && clock.instant()
                        .isBefore(claim.lastEditAt().plus(authors.quietPeriod()).plus(LATE_COOKIE));
        if (believed) {
            update(snapshot.roll().edited(claim.id(), Kind.AUTHOR, null, claim.lastEditAt()));
        }
        return believed;
    }

    /** From the arrival of an edit until {@link #ends}, readers keep what is stored. */
    public void begins() {
        editsUnderWay.incrementAndGet();
        holdIfNeeded();
    }

    public void ends() {
        editsUnderWay.decrementAndGet();
        holdIfNeeded();
    }

    /**
     * Makes the client of an edit an author here and, before the future ends, on all proxies that answer in time.
     *
     * @return value of the {@code Set-Cookie} field for the answer, or null when there is none to set
     */
    public Future<@Nullable String> edited(AuthorVisit visit, Authors authors) {
        Instant now = stamp();
        String id = idOf(visit, authors);
        boolean byAddress = authors.identifyBy().contains(Identity.CLIENT_IP);
        String address = byAddress ? addressId(visit.request().client().bytes()) : null;
        Kind kind = authors.mode() == Authors.Mode.QUIET ? Kind.AUTHOR : Kind.SAVE;
        AuthorRoll heard = update(known.roll().edited(id, kind, kind == Kind.AUTHOR ? address : null, now));
        return share(heard)
                .map(done -> kind == Kind.AUTHOR && authors.identifyBy().contains(Identity.COOKIE)
                        ? cookie(new Claim(id, now), visit.request().scheme(), authors)
                        : null);
    }

    private Instant stamp() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant published = known.roll().publishedUpTo();
        return now.isAfter(published) ? now : published.plusMillis(1).truncatedTo(ChronoUnit.MILLIS);
    }

    /** One person is one session, by whatever the request shows. */
    private String idOf(AuthorVisit visit, Authors authors) {
        if (authors.mode() == Authors.Mode.IMMEDIATE) {
            return newId();
        }
        Claim claim = visit.claim();
        if (claim != null && authors.identifyBy().contains(Identity.COOKIE)) {
            return claim.id();
        }
        if (!authors.identifyBy().contains(Identity.CLIENT_IP)) {
            return newId();
        }
        String address = addressId(visit.request().client().bytes());
        Optional<Session> there =
                address == null ? Optional.empty() : known.roll().findByAddress(address);
        boolean onlyByAddress = !authors.identifyBy().contains(Identity.COOKIE) && address != null;
        return there.map(Session::id).orElseGet(() -> onlyByAddress ? address : newId());
    }

    private String newId() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private @Nullable String cookie(Claim claim, String scheme, Authors authors) {
        Rules rules = inForce;
        if (rules == null || rules.seal() == null) {
            LOG.warn("no readable token, so no author can be given a cookie");
            return null;
        }
        long seconds = authors.quietPeriod().plus(LATE_COOKIE).toSeconds();
        String secure = scheme.equals("https") ? "; Secure" : "";
        return "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Lax%s"
                .formatted(AuthorSeal.COOKIE, rules.seal().seal(claim), seconds, secure);
    }

    /** Tells the peers; whoever has not answered in time hears of it from the operator's next pass. */
    private Future<Void> share(AuthorRoll roll) {
        List<String> addresses = peers.addresses();
        if (addresses.isEmpty()) {
            return Future.succeededFuture();
        }
        return calls.tell(addresses, roll, this::hear).map(silent -> {
            if (!silent.isEmpty()) {
                unshared.increment();
                LOG.warnf("an edit could not be shared in time with %s", silent);
            }
            return null;
        });
    }

    /** Makes an author a reader again, here and at the peers that answer; the edits stay to be published. */
    public Future<AuthorRoll> forget(String id) {
        return share(update(known.roll().forget(id, stamp()))).map(done -> roll());
    }

    /** Asks the operator for a cut-over with its next pass. */
    public AuthorRoll askCutOver() {
        return update(known.roll().askCutOver(stamp()));
    }

    /** What a peer or the operator knows; the answer is what is known now. */
    public AuthorRoll hear(AuthorRoll told) {
        return update(told);
    }

    /** All edits up to then are published: what was stored before is purged already. */
    public void published(Instant upTo) {
        update(known.roll().published(upTo));
    }

    /**
     * Cuts over on this proxy's own account when nobody else has seen to it: the operator is down.
     *
     * @param grace how long after its time a cut-over is left to the operator
     * @return whether it was done
     */
    public boolean cutOverIfOverdue(Duration grace) {
        Rules rules = inForce;
        Authors authors = rules == null ? null : rules.rules().authors();
        if (authors == null || authors.mode() != Authors.Mode.QUIET) {
            return false;
        }
        Instant now = clock.instant();
        Optional<Instant> due = authors.cutOverDue(known.roll()).filter(at -> now.isAfter(at.plus(grace)));
        due.ifPresent(at -> {
            purgeEverything(now);
            published(now);
            LOG.infof("cut over by this proxy alone, %s after %s", grace, at);
        });
        return due.isPresent();
    }

    private void purgeEverything(Instant now) {
        store.purge(new PurgeOrder(1, "authors", PurgeMode.HARD, EVERYTHING, now), now);
    }

    private synchronized AuthorRoll update(AuthorRoll told) {
        AuthorRoll before = known.roll();
        AuthorRoll after = before.merge(told).withoutSavesBefore(clock.instant().minus(SAVES_REMEMBERED));
        if (after.equals(before)) {
            return before;
        }
        Set<String> addresses = new HashSet<>();
        boolean newSave = false;
        for (Session session : after.sessions()) {
            if (session.kind() == Kind.SAVE) {
                newSave |= before.find(session.id()).isEmpty();
            } else if (session.address() != null) {
                addresses.add(session.address());
            }
        }
        known = new Snapshot(after, addresses.equals(known.addresses()) ? known.addresses() : Set.copyOf(addresses));
        holdIfNeeded();
        if (newSave) {
            purgeEverything(clock.instant());
        }
        return after;
    }

    private synchronized void holdIfNeeded() {
        Rules rules = inForce;
        Authors authors = rules == null ? null : rules.rules().authors();
        holding = authors != null
                && authors.mode() == Authors.Mode.QUIET
                && (editsUnderWay.get() > 0 || authors.holdsFor(known.roll()));
        store.hold(holding);
    }
}
