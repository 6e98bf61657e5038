package io.pagecache.wiki.visitor;

import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Who is logged in, by session id. Holds the latest {@value #MOST} sessions. */
public final class SessionStore {
    private static final int MOST = 10_000;

    private final Clock clock;
    private final Map<String, Session> sessions = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Session> eldest) {
            return size() > MOST;
        }
    });

    public SessionStore(Clock clock) {
        this.clock = clock;
    }

    /** Begins a session. */
    public Session open(String name) {
        Session session = new Session(UUID.randomUUID().toString(), name, clock.instant());
        sessions.put(session.id(), session);
        return session;
    }

    public Optional<Session> find(String id) {
        return Optional.ofNullable(sessions.get(id));
    }

    public void close(String id) {
        sessions.remove(id);
    }

    public record Session(String id, String name, Instant since) {}
}
