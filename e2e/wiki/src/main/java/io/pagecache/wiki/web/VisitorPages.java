package io.pagecache.wiki.web;

import io.pagecache.wiki.visitor.SessionStore;
import io.pagecache.wiki.visitor.SessionStore.Session;
import io.pagecache.wiki.visitor.Visitor;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Logging in and out, and what the wiki knows about a visitor. None of it is for a shared cache. */
final class VisitorPages {
    private static final int LONGEST_NAME = 40;

    private final SessionStore sessions;
    private final PageWriter writer;

    VisitorPages(SessionStore sessions, PageWriter writer) {
        this.sessions = sessions;
        this.writer = writer;
    }

    void loginForm(PageView view) {
        String next = localPath(view.request().getParam("next"));
        writer.send(
                view, 200, new PageCaching.Personal(), "login", Map.of("title", phrase(view, "login"), "next", next));
    }

    void login(PageView view) {
        Forms.read(view.request(), form -> {
            String name = Objects.requireNonNullElse(form.get("name"), "").strip();
            if (name.isEmpty() || name.length() > LONGEST_NAME) {
                writer.send(
                        view,
                        422,
                        new PageCaching.Personal(),
                        "login",
                        Map.of("title", phrase(view, "login"), "next", localPath(form.get("next"))));
                return;
            }
            Session session = sessions.open(name);
            HttpServerResponse response = view.request().response();
            response.addCookie(cookie(Visitor.SESSION_COOKIE, session.id()).setHttpOnly(true));
            response.addCookie(cookie(Visitor.USER_COOKIE, URLEncoder.encode(name, StandardCharsets.UTF_8)));
            PageWriter.redirect(view, localPath(form.get("next")));
        });
    }

    void logoutForm(PageView view) {
        writer.send(view, 200, new PageCaching.Personal(), "logout", Map.of("title", phrase(view, "logout")));
    }

    void logout(PageView view) {
        HttpServerRequest request = view.request();
        Cookie session = request.getCookie(Visitor.SESSION_COOKIE);
        if (session != null) {
            sessions.close(session.getValue());
        }
        request.response().addCookie(cookie(Visitor.SESSION_COOKIE, "").setMaxAge(0));
        request.response().addCookie(cookie(Visitor.USER_COOKIE, "").setMaxAge(0));
        PageWriter.redirect(view, "/");
    }

    void account(PageView view) {
        view.visitor()
                .session()
                .ifPresentOrElse(
                        session -> writer.send(
                                view,
                                200,
                                new PageCaching.Personal(),
                                "account",
                                Map.of(
                                        "title", phrase(view, "account"),
                                        "name", session.name(),
                                        "since", session.since().toString())),
                        () -> PageWriter.redirect(view, "/login?next=/account"));
    }

    /** The session as JSON: {@code {"name": …}}, or {@code {}} for those who are not logged in. */
    void session(PageView view) {
        JsonObject json = new JsonObject();
        view.visitor().session().ifPresent(session -> json.put("name", session.name()));
        view.request()
                .response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "private, no-store")
                .end(json.toBuffer());
    }

    private String phrase(PageView view, String name) {
        return Objects.requireNonNull(writer.phrases(view).get(name));
    }

    private static Cookie cookie(String name, String value) {
        return Cookie.cookie(name, value).setPath("/").setSameSite(CookieSameSite.LAX);
    }

    /** {@code path} if it leads into this site, else the home page: a login must not send people elsewhere. */
    private static String localPath(@Nullable String path) {
        if (path == null || !path.startsWith("/") || path.startsWith("//")) {
            return "/";
        }
        return path.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\') ? path : "/";
    }
}
