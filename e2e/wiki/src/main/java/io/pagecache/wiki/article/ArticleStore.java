package io.pagecache.wiki.article;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The current revision of every article. The last writer wins. */
public final class ArticleStore {
    private static final int MOST_ARTICLES = 1000;

    private final Map<ArticleName, Article> articles = new ConcurrentSkipListMap<>();
    private final Clock clock;

    public ArticleStore(Clock clock, List<Article> seed) {
        this.clock = clock;
        seed.forEach(article -> articles.put(article.name(), article));
    }

    public Optional<Article> find(ArticleName name) {
        return Optional.ofNullable(articles.get(name));
    }

    /** All articles, by name. */
    public List<Article> all() {
        return List.copyOf(articles.values());
    }

    /** Saves a new revision; empty when the wiki is full and the article is new. */
    public Optional<Article> save(ArticleName name, String text) {
        if (articles.size() >= MOST_ARTICLES && !articles.containsKey(name)) {
            return Optional.empty();
        }
        return Optional.of(articles.merge(
                name,
                new Article(name, text, 1, clock.instant()),
                (old, fresh) -> new Article(name, text, old.revision() + 1, fresh.modified())));
    }
}
