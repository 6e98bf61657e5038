package io.pagecache.wiki.web;

import io.pagecache.wiki.article.Article;
import io.pagecache.wiki.article.ArticleName;
import io.pagecache.wiki.article.ArticleStore;
import io.pagecache.wiki.article.MarkupRenderer;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The pages people come for: the list, the articles, and the form that changes them. */
final class ArticlePages {
    /** The article that takes long to build. */
    static final ArticleName SLOW = new ArticleName("Slow");

    private static final int LONGEST_TEXT = 64 * 1024;
    private static final DateTimeFormatter DAY_AND_TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Vertx vertx;
    private final ArticleStore articles;
    private final PageWriter writer;
    private final Duration slowBuild;

    ArticlePages(Vertx vertx, ArticleStore articles, PageWriter writer, Duration slowBuild) {
        this.vertx = vertx;
        this.articles = articles;
        this.writer = writer;
        this.slowBuild = slowBuild;
    }

    void home(PageView view) {
        List<Map<String, Object>> cards = articles.all().stream()
                .sorted(Comparator.comparing(Article::modified).reversed().thenComparing(Article::name))
                .map(ArticlePages::card)
                .toList();
        view.request().response().putHeader("Pagecache-Experiments", "hero");
        writer.send(
                view,
                200,
                PageCaching.Shared.tagged("home"),
                "home",
                Map.of("title", "Harbour Wiki", "articles", cards, "invites", isInvited(view)));
    }

    /** Group b of the experiment is invited to read; all others see the tagline. */
    private static boolean isInvited(PageView view) {
        return "b".equals(view.request().getHeader("Pagecache-Experiment-hero"));
    }

    void article(PageView view, ArticleName name) {
        if (name.equals(SLOW) && slowBuild.isPositive()) {
            vertx.setTimer(slowBuild.toMillis(), late -> answer(view, name));
        } else {
            answer(view, name);
        }
    }

    private void answer(PageView view, ArticleName name) {
        articles.find(name).ifPresentOrElse(article -> show(view, article), () -> missing(view, name));
    }

    private void show(PageView view, Article article) {
        String etag = "W/\"%s-%d-%s\""
                .formatted(article.name(), article.revision(), view.language().tag());
        var caching = new PageCaching.Shared(List.of(tagOf(article.name()), "articles"), etag);
        addLastModified(view, article);
        if (view.filledByCache() && etag.equals(view.request().getHeader("If-None-Match"))) {
            writer.sendNotModified(view, caching);
            return;
        }
        writer.send(
                view,
                200,
                caching,
                "article",
                Map.of(
                        "title", article.name().title(),
                        "name", article.name().value(),
                        "body", MarkupRenderer.toHtml(article.text()),
                        "revision", article.revision(),
                        "modified", DAY_AND_TIME.format(article.modified())));
    }

    /** Sent once its second is over: until then another edit could follow under the same date. */
    private static void addLastModified(PageView view, Article article) {
        Instant second = article.modified().truncatedTo(ChronoUnit.SECONDS);
        if (view.started().isAfter(second.plusSeconds(1))) {
            view.request()
                    .response()
                    .putHeader(
                            "Last-Modified",
                            DateTimeFormatter.RFC_1123_DATE_TIME.format(second.atOffset(ZoneOffset.UTC)));
        }
    }

    private void missing(PageView view, ArticleName name) {
        writer.send(
                view,
                404,
                PageCaching.Shared.tagged(tagOf(name)),
                "message",
                Map.of(
                        "title", name.title(),
                        "message", Objects.requireNonNull(writer.phrases(view).get("missing")),
                        "link", "/edit/" + name,
                        "linkText", Objects.requireNonNull(writer.phrases(view).get("create"))));
    }

    void editForm(PageView view, ArticleName name) {
        String text = articles.find(name).map(Article::text).orElse("");
        writer.send(
                view,
                200,
                new PageCaching.Personal(),
                "edit",
                Map.of("title", name.title(), "name", name.value(), "text", text));
    }

    /** Saves the form's {@code text} and leads back to the article. */
    void save(PageView view, ArticleName name) {
        Forms.read(view.request(), form -> {
            String text = form.get("text");
            if (text == null || text.length() > LONGEST_TEXT) {
                String problem = text == null
                        ? "The form has no field 'text'."
                        : "The text is longer than %d characters.".formatted(LONGEST_TEXT);
                refuse(view, text == null ? 400 : 413, problem);
            } else if (articles.save(name, text).isEmpty()) {
                refuse(view, 507, "The wiki is full: it holds no more articles.");
            } else {
                PageWriter.redirect(view, "/wiki/" + name);
            }
        });
    }

    private void refuse(PageView view, int status, String problem) {
        writer.send(
                view,
                status,
                new PageCaching.Personal(),
                "message",
                Map.of("title", "Not saved", "message", problem, "link", "/", "linkText", "Harbour Wiki"));
    }

    private static String tagOf(ArticleName name) {
        return "article-" + name;
    }

    private static Map<String, Object> card(Article article) {
        String summary = article.text()
                .lines()
                .findFirst()
                .orElse("")
                .replace("'''", "")
                .replace("[[", "")
                .replace("]]", "");
        return Map.of(
                "name", article.name().value(),
                "title", article.name().title(),
                "summary", summary.length() > 150 ? summary.substring(0, 150) + "…" : summary,
                "revision", article.revision());
    }
}
