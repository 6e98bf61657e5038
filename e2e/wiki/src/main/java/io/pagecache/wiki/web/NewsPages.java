package io.pagecache.wiki.web;

import io.pagecache.wiki.article.Article;
import io.pagecache.wiki.article.ArticleStore;
import io.pagecache.wiki.visitor.SurrogateCapability;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A page with a fragment: it hardly changes, the list of what changed lately does. */
final class NewsPages {
    static final String RECENT = "/news/recent";

    private static final int MOST_RECENT = 5;
    private static final String BOTH_INSIDE = "content=\"Pagecache/1.0 ESI/1.0\"";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final ArticleStore articles;
    private final PageWriter writer;

    NewsPages(ArticleStore articles, PageWriter writer) {
        this.articles = articles;
        this.writer = writer;
    }

    /** With the place of the fragment where a cache in front joins it in, else with the fragment. */
    void news(PageView view) {
        boolean joined = SurrogateCapability.joinsFragments(view.request());
        if (joined) {
            view.request().response().putHeader("Surrogate-Control", BOTH_INSIDE);
        }
        String recent = joined
                ? "<esi:include src=\"" + RECENT + "\" onerror=\"continue\"/>"
                : writer.part(view, "recent", Map.of("articles", latest()));
        writer.send(
                view,
                200,
                PageCaching.Shared.tagged("news"),
                "news",
                Map.of("title", "Harbour News", "recent", recent));
    }

    void recent(PageView view) {
        writer.send(view, 200, PageCaching.Shared.tagged("recent"), "recent", Map.of("articles", latest()));
    }

    private List<Map<String, Object>> latest() {
        return articles.all().stream()
                .sorted(Comparator.comparing(Article::modified).reversed().thenComparing(Article::name))
                .limit(MOST_RECENT)
                .map(article -> Map.<String, Object>of(
                        "name", article.name().value(),
                        "title", article.name().title(),
                        "revision", article.revision(),
                        "modified", TIME.format(article.modified())))
                .toList();
    }
}
