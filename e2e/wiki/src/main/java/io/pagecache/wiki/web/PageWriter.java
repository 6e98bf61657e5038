package io.pagecache.wiki.web;

import io.pagecache.wiki.page.BuildCounter;
import io.pagecache.wiki.page.BuildCounter.Build;
import io.pagecache.wiki.page.Language;
import io.pagecache.wiki.page.PageTemplates;
import io.pagecache.wiki.page.Phrases;
import io.vertx.core.http.HttpServerResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Builds a page from its template and sends it with the header fields its {@link PageCaching} asks for. */
final class PageWriter {
    private static final String ELEMENTS_INSIDE = "content=\"Pagecache/1.0\"";

    private final PageTemplates templates = new PageTemplates();
    private final Phrases phrases = Phrases.load();
    private final BuildCounter builds;

    PageWriter(BuildCounter builds) {
        this.builds = builds;
    }

    Map<String, String> phrases(PageView view) {
        return phrases.in(view.language());
    }

    /** @param data what the template needs besides the frame; has at least {@code title} if it has the frame */
    void send(PageView view, int status, PageCaching caching, String template, Map<String, ?> data) {
        Build build = builds.complete(view.started());
        Map<String, Object> model = model(view, build, data);
        model.put("views", views(view, caching));
        model.put("greeting", caching instanceof PageCaching.Impersonal ? "" : greeting(view, caching));
        HttpServerResponse response = view.request().response().setStatusCode(status);
        addCaching(response, view, caching);
        response.putHeader("Content-Type", "text/html; charset=utf-8")
                .putHeader("Content-Language", view.language().tag())
                .putHeader("Wiki-Build", Long.toString(build.number()))
                .end(templates.render(template, model));
    }

    /** What a page of its own would be, to be put into another. */
    String part(PageView view, String template, Map<String, ?> data) {
        return templates.render(template, model(view, builds.complete(view.started()), data));
    }

    private Map<String, Object> model(PageView view, Build build, Map<String, ?> data) {
        Map<String, Object> model = new HashMap<>(data);
        model.put("lang", view.language().tag());
        model.put("t", phrases(view));
        model.put(
                "build",
                Map.of(
                        "number", build.number(),
                        "at", build.at().toString(),
                        "time", build.timeOfDay(),
                        "millis", build.took().toMillis()));
        return model;
    }

    void sendNotModified(PageView view, PageCaching.Shared caching) {
        HttpServerResponse response = view.request().response().setStatusCode(304);
        addCaching(response, view, caching);
        response.end();
    }

    private String greeting(PageView view, PageCaching caching) {
        if (caching instanceof PageCaching.Shared && view.filledByCache()) {
            String element = view.language() == Language.EN
                    ? "greeting"
                    : "greeting-" + view.language().tag();
            return "<!--pc:element " + element + "-->";
        }
        return templates.render(
                "greeting",
                Map.of("t", phrases(view), "name", view.visitor().name().orElse("")));
    }

    /** Counted where the page is shown, which is not here: the wiki builds a page once for many readers. */
    private static String views(PageView view, PageCaching caching) {
        return caching instanceof PageCaching.Shared && view.filledByCache() ? "<!--pc:incr views \"–\"-->" : "";
    }

    private static void addCaching(HttpServerResponse response, PageView view, PageCaching caching) {
        switch (caching) {
            case PageCaching.Shared(var tags, var etag)
            when view.filledByCache() -> {
                if (!response.headers().contains("Surrogate-Control")) {
                    response.putHeader("Surrogate-Control", ELEMENTS_INSIDE);
                }
                response.putHeader("Cache-Control", "public")
                        .putHeader("Surrogate-Key", String.join(" ", tags))
                        .putHeader("Vary", "Accept-Language");
                if (etag != null) {
                    response.putHeader("ETag", etag);
                }
            }
            case PageCaching.Shared shared ->
                response.putHeader("Cache-Control", "private, no-cache")
                        .putHeader("Surrogate-Key", String.join(" ", shared.tags()))
                        .putHeader("Vary", "Accept-Language, Cookie");
            case PageCaching.Personal() ->
                response.putHeader("Cache-Control", "private, no-store").putHeader("Vary", "Accept-Language");
            case PageCaching.Impersonal(var cacheControl) ->
                response.putHeader("Cache-Control", cacheControl).putHeader("Vary", "Accept-Language");
        }
    }

    /** Sends the reader on with a GET. */
    static void redirect(PageView view, String location) {
        view.request()
                .response()
                .setStatusCode(303)
                .putHeader("Location", Objects.requireNonNull(location))
                .putHeader("Cache-Control", "private, no-store")
                .end();
    }
}
