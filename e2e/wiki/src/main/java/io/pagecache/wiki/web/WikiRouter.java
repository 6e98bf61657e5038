package io.pagecache.wiki.web;

import io.pagecache.wiki.article.ArticleName;
import io.pagecache.wiki.article.ArticleStore;
import io.pagecache.wiki.article.SeedArticles;
import io.pagecache.wiki.page.BuildCounter;
import io.pagecache.wiki.page.Language;
import io.pagecache.wiki.visitor.SessionStore;
import io.pagecache.wiki.visitor.SurrogateCapability;
import io.pagecache.wiki.visitor.Visitor;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Leads each request to its page. */
public final class WikiRouter implements Handler<HttpServerRequest> {
    private static final System.Logger LOG = System.getLogger(WikiRouter.class.getName());
    private static final int DEFAULT_BIG_MIB = 8;
    /** How long before the start the seed articles claim to have been written. */
    private static final Duration SEED_AGE = Duration.ofHours(1);

    private final OriginRequestCounter counter = new OriginRequestCounter();
    private final StaticFiles files = new StaticFiles();
    private final Clock clock;
    private final SessionStore sessions;
    private final PageWriter writer;
    private final ArticlePages articles;
    private final VisitorPages visitors;
    private final NewsPages news;
    private final boolean allowFaults;
    private volatile boolean failing;

    public WikiRouter(Vertx vertx, Clock clock, Duration slowBuild, boolean allowFaults) {
        this.clock = clock;
        this.allowFaults = allowFaults;
        sessions = new SessionStore(clock);
        writer = new PageWriter(new BuildCounter(clock));
        ArticleStore store =
                new ArticleStore(clock, SeedArticles.savedAt(clock.instant().minus(SEED_AGE)));
        articles = new ArticlePages(vertx, store, writer, slowBuild);
        visitors = new VisitorPages(sessions, writer);
        news = new NewsPages(store, writer);
    }

    @Override
    public void handle(HttpServerRequest request) {
        switch (Objects.requireNonNullElse(request.path(), "")) {
            case "/healthz" -> sendText(request, 200, "ok\n");
            case "/origin-requests" -> originRequests(request);
            case "/fail" -> switchFaults(request);
            case String path -> {
                counter.count(path);
                if (failing) {
                    sendText(request, 503, "The wiki was told to fail (/fail?on).\n");
                } else {
                    answer(request, path);
                }
            }
        }
    }

    private void answer(HttpServerRequest request, String path) {
        try {
            route(view(request), path);
        } catch (RuntimeException bug) {
            LOG.log(Level.ERROR, "%s %s failed".formatted(request.method(), path), bug);
            sendText(request, 500, "The wiki could not build this page.\n");
        }
    }

    private void route(PageView view, String path) {
        switch (path) {
            case "/" -> read(view, articles::home);
            case "/login" -> form(view, visitors::loginForm, visitors::login);
            case "/logout" -> form(view, visitors::logoutForm, visitors::logout);
            case "/account" -> read(view, visitors::account);
            case "/session" -> read(view, visitors::session);
            case "/live" -> read(view, this::live);
            case "/news" -> read(view, news::news);
            case NewsPages.RECENT -> read(view, news::recent);
            case "/big" -> read(view, this::big);
            case "/ws" -> echo(view);
            default -> routeByFolder(view, path);
        }
    }

    private void routeByFolder(PageView view, String path) {
        if (path.startsWith("/wiki/")) {
            named(view, path.substring("/wiki/".length()), (v, name) -> read(v, w -> articles.article(w, name)));
        } else if (path.startsWith("/edit/")) {
            named(
                    view,
                    path.substring("/edit/".length()),
                    (v, name) -> form(v, w -> articles.editForm(w, name), w -> articles.save(w, name)));
        } else if (path.startsWith("/static/")) {
            files.find(path.substring("/static/".length()))
                    .ifPresentOrElse(file -> read(view, v -> file.send(v.request())), () -> notFound(view));
        } else {
            notFound(view);
        }
    }

    private PageView view(HttpServerRequest request) {
        return new PageView(
                request,
                Visitor.of(request, sessions),
                Language.of(request.getHeader("Accept-Language")),
                SurrogateCapability.fillsElements(request),
                clock.instant());
    }

    private void named(PageView view, String segment, BiConsumer<PageView, ArticleName> page) {
        ArticleName.parse(segment).ifPresentOrElse(name -> page.accept(view, name), () -> notFound(view));
    }

    private static void read(PageView view, Consumer<PageView> page) {
        HttpMethod method = view.request().method();
        if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
            page.accept(view);
        } else {
            methodNotAllowed(view.request(), "GET, HEAD");
        }
    }

    private static void form(PageView view, Consumer<PageView> shown, Consumer<PageView> submitted) {
        switch (view.request().method().name()) {
            case "GET", "HEAD" -> shown.accept(view);
            case "POST" -> submitted.accept(view);
            default -> methodNotAllowed(view.request(), "GET, HEAD, POST");
        }
    }

    private void live(PageView view) {
        writer.send(
                view,
                200,
                new PageCaching.Impersonal("no-cache"),
                "live",
                Map.of("title", "Live", "now", view.started().toString()));
    }

    private void big(PageView view) {
        Optional<Integer> mebibytes = mebibytes(view.request().getParam("mib"));
        mebibytes.ifPresentOrElse(
                size -> BigDownload.send(view, size),
                () -> sendText(
                        view.request(),
                        400,
                        "mib is '%s': expected a number from 1 to %d.\n"
                                .formatted(view.request().getParam("mib"), BigDownload.LARGEST_MIB)));
    }

    private static Optional<Integer> mebibytes(@Nullable String text) {
        if (text == null) {
            return Optional.of(DEFAULT_BIG_MIB);
        }
        try {
            int size = Integer.parseInt(text);
            return size >= 1 && size <= BigDownload.LARGEST_MIB ? Optional.of(size) : Optional.empty();
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private static void echo(PageView view) {
        if (!"websocket".equalsIgnoreCase(view.request().getHeader("Upgrade"))) {
            sendText(view.request(), 426, "This is a WebSocket: it echoes what it is sent.\n");
            return;
        }
        view.request()
                .toWebSocket()
                .onSuccess(socket -> socket.textMessageHandler(socket::writeTextMessage)
                        .binaryMessageHandler(socket::writeBinaryMessage));
    }

    private void notFound(PageView view) {
        writer.send(
                view,
                404,
                PageCaching.Shared.tagged("not-found"),
                "message",
                Map.of(
                        "title",
                        "404",
                        "message",
                        "There is no such page on this site.",
                        "link",
                        "/",
                        "linkText",
                        "Harbour Wiki"));
    }

    private void originRequests(HttpServerRequest request) {
        switch (request.method().name()) {
            case "GET", "HEAD" ->
                request.response()
                        .putHeader("Content-Type", "application/json")
                        .putHeader("Cache-Control", "no-store")
                        .end(counter.toJson().toBuffer());
            case "DELETE" -> {
                counter.reset();
                request.response().setStatusCode(204).end();
            }
            default -> methodNotAllowed(request, "GET, HEAD, DELETE");
        }
    }

    private void switchFaults(HttpServerRequest request) {
        String wanted = request.query();
        if (!allowFaults) {
            sendText(request, 403, "Faults are not allowed here: start the wiki with --allow-faults.\n");
        } else if ("on".equals(wanted) || "off".equals(wanted)) {
            failing = "on".equals(wanted);
            sendText(request, 200, "failing: %s\n".formatted(failing));
        } else {
            sendText(request, 400, "The query is '%s': expected /fail?on or /fail?off.\n".formatted(wanted));
        }
    }

    private static void methodNotAllowed(HttpServerRequest request, String allowed) {
        request.response().putHeader("Allow", allowed);
        sendText(request, 405, "Allowed here: %s.\n".formatted(allowed));
    }

    private static void sendText(HttpServerRequest request, int status, String text) {
        HttpServerResponse response = request.response().setStatusCode(status);
        response.putHeader("Content-Type", "text/plain; charset=utf-8")
                .putHeader("Cache-Control", "no-store")
                .end(text);
    }
}
