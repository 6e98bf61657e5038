package io.pagecache.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who has edited since the site last cut over. Every proxy and the operator keep one, tell each other of theirs and merge what they
 * hear: merging is commutative, associative and idempotent, so it matters neither in which order rolls arrive nor how often.
 *
 * @param publishedUpTo edits up to then are published; sessions that have not edited since are over
 * @param cutOverAsked when somebody last asked for a cut-over without waiting; {@link Instant#EPOCH} when nobody did
 * @param sessions in the order of their ids, at most {@link #CAPACITY}
 * @param forgotten authors that were made readers again before their edits are published, in the order of their ids
 */
public record AuthorRoll(
        Instant publishedUpTo, Instant cutOverAsked, List<Session> sessions, List<Forgotten> forgotten) {
    /** The sessions that edited last stay when there are more. */
    public static final int CAPACITY = 256;

    public static final AuthorRoll EMPTY = new AuthorRoll(Instant.EPOCH, Instant.EPOCH, List.of(), List.of());

    public AuthorRoll {
        sessions = List.copyOf(sessions);
        forgotten = List.copyOf(forgotten);
    }

    public enum Kind {
        /** Somebody who bypasses the cache until the edits are published. */
        AUTHOR,
        /** One edit in {@code IMMEDIATE} mode: nobody becomes an author, but each proxy that hears of it purges. */
        SAVE
    }

    /**
     * @param id random, or the address's where nothing else is known of the client
     * @param address a keyed hash of the client's address, or null when authors are not known by it: no address is written down
     * @param lastEditAt to the millisecond
     */
    public record Session(String id, Kind kind, @Nullable String address, Instant lastEditAt) {}

    /** @param at edits of that session up to then make nobody an author any more */
    public record Forgotten(String id, Instant at) {}

    /** Sessions of people, not single saves. */
    public List<Session> authors() {
        return sessions.stream().filter(session -> session.kind() != Kind.SAVE).toList();
    }

    /** The session with this id. */
    public Optional<Session> find(String id) {
        return sessions.stream().filter(session -> session.id().equals(id)).findFirst();
    }

    /** The session of this address that edited last. */
    public Optional<Session> findByAddress(String address) {
        return authors().stream()
                .filter(session -> address.equals(session.address()))
                .max(Comparator.comparing(Session::lastEditAt));
    }

    /** Whether an edit at this time still makes its author one. */
    public boolean isOpen(String id, Instant lastEditAt) {
        return lastEditAt.isAfter(publishedUpTo)
                && forgotten.stream().noneMatch(gone -> gone.id().equals(id) && !lastEditAt.isAfter(gone.at()));
    }

    /** This roll with one more edit. */
    public AuthorRoll edited(String id, Kind kind, @Nullable String address, Instant at) {
        Session session = new Session(id, kind, address, at);
        return merge(new AuthorRoll(Instant.EPOCH, Instant.EPOCH, List.of(session), List.of()));
    }

    /** This roll after a cut-over that published all edits up to then. */
    public AuthorRoll published(Instant upTo) {
        return merge(new AuthorRoll(upTo, Instant.EPOCH, List.of(), List.of()));
    }

    /** This roll without that author, who is a reader from now on. The edits are still to be published. */
    public AuthorRoll forget(String id, Instant at) {
        return merge(new AuthorRoll(Instant.EPOCH, Instant.EPOCH, List.of(), List.of(new Forgotten(id, at))));
    }

    /** This roll with the wish to cut over without waiting. */
    public AuthorRoll askCutOver(Instant at) {
        return merge(new AuthorRoll(Instant.EPOCH, at, List.of(), List.of()));
    }

    /** This roll without saves that everybody who can be reached has heard of long ago. */
    public AuthorRoll withoutSavesBefore(Instant limit) {
        List<Session> kept = sessions.stream()
                .filter(session ->
                        session.kind() != Kind.SAVE || !session.lastEditAt().isBefore(limit))
                .toList();
        return kept.size() == sessions.size() ? this : new AuthorRoll(publishedUpTo, cutOverAsked, kept, forgotten);
    }

    /** What both know together. */
    public AuthorRoll merge(AuthorRoll other) {
        Instant published = later(publishedUpTo, other.publishedUpTo);
        Map<String, Forgotten> gone = new TreeMap<>();
        for (Forgotten one : concat(forgotten, other.forgotten)) {
            if (one.at().isAfter(published)) {
                gone.merge(one.id(), one, (a, b) -> a.at().isBefore(b.at()) ? b : a);
            }
        }
        Map<String, Session> open = new TreeMap<>();
        for (Session one : concat(sessions, other.sessions)) {
            Forgotten forgottenThen = gone.get(one.id());
            boolean isOver = !one.lastEditAt().isAfter(published)
                    || (forgottenThen != null && !one.lastEditAt().isAfter(forgottenThen.at()));
            if (!isOver) {
                open.merge(one.id(), one, AuthorRoll::together);
            }
        }
        return new AuthorRoll(
                published,
                later(cutOverAsked, other.cutOverAsked),
                newest(open.values().stream().toList()),
                bounded(List.copyOf(gone.values())));
    }

    /** The later edit speaks for the session; nothing of earlier ones may be left, or the order of merging would show. */
    private static Session together(Session a, Session b) {
        if (!a.lastEditAt().equals(b.lastEditAt())) {
            return a.lastEditAt().isAfter(b.lastEditAt()) ? a : b;
        }
        return a.address() == null ? b : a;
    }

    private static List<Session> newest(List<Session> byId) {
        if (byId.size() <= CAPACITY) {
            return byId;
        }
        return byId.stream()
                .sorted(Comparator.comparing(Session::lastEditAt).reversed().thenComparing(Session::id))
                .limit(CAPACITY)
                .sorted(Comparator.comparing(Session::id))
                .toList();
    }

    private static List<Forgotten> bounded(List<Forgotten> byId) {
        return byId.size() <= CAPACITY ? byId : byId.subList(0, CAPACITY);
    }

    private static <T> List<T> concat(List<T> a, List<T> b) {
        List<T> all = new ArrayList<>(a);
        all.addAll(b);
        return all;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isBefore(b) ? b : a;
    }
}
