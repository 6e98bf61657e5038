package io.pagecache.wiki.visitor;

import io.pagecache.wiki.visitor.SessionStore.Session;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a request says about who sent it.
 *
 * @param session the session its cookie {@code sid} names
 * @param user what its cookie {@code user} says; unproven, good enough to greet with
 */
public record Visitor(Optional<Session> session, Optional<String> user) {
    public static final String SESSION_COOKIE = "sid";
    public static final String USER_COOKIE = "user";

    public static Visitor of(HttpServerRequest request, SessionStore sessions) {
        return new Visitor(
                cookie(request, SESSION_COOKIE).flatMap(sessions::find),
                cookie(request, USER_COOKIE).flatMap(Visitor::decoded));
    }

    /** The name to greet with. */
    public Optional<String> name() {
        return session.map(Session::name).or(() -> user);
    }

    private static Optional<String> cookie(HttpServerRequest request, String name) {
        return Optional.ofNullable(request.getCookie(name))
                .map(Cookie::getValue)
                .filter(value -> !value.isEmpty());
    }

    private static Optional<String> decoded(String value) {
        try {
            return Optional.of(URLDecoder.decode(value, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException brokenEscape) {
            return Optional.empty();
        }
    }
}
