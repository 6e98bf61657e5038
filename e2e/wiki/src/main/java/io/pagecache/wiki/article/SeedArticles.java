package io.pagecache.wiki.article;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The articles a fresh wiki starts with. */
public final class SeedArticles {
    private SeedArticles() {}

    public static List<Article> savedAt(Instant time) {
        return Stream.of("Lighthouse", "Tides", "Fog_Signals", "Semaphore", "Beaufort_Scale", "Slow")
                .map(ArticleName::new)
                .map(name -> new Article(name, textOf(name), 1, time))
                .toList();
    }

    private static String textOf(ArticleName name) {
        String resource = "/io/pagecache/wiki/articles/" + name + ".txt";
        try (InputStream text = SeedArticles.class.getResourceAsStream(resource)) {
            if (text == null) {
                throw new IllegalStateException(resource + " is missing from the jar");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
