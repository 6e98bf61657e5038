package io.pagecache.wiki.page;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;

/** The words of the site's frame in each language. */
public final class Phrases {
    private final Map<Language, Map<String, String>> byLanguage = new EnumMap<>(Language.class);

    private Phrases() {}

    public static Phrases load() {
        Phrases phrases = new Phrases();
        for (Language language : Language.values()) {
            phrases.byLanguage.put(language, read(language));
        }
        return phrases;
    }

    public Map<String, String> in(Language language) {
        return Objects.requireNonNull(byLanguage.get(language));
    }

    private static Map<String, String> read(Language language) {
        String resource = "/io/pagecache/wiki/phrases/" + language.tag() + ".properties";
        Properties words = new Properties();
        try (var stream = Objects.requireNonNull(Phrases.class.getResourceAsStream(resource), resource)) {
            words.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return words.stringPropertyNames().stream()
                .collect(Collectors.toUnmodifiableMap(name -> name, words::getProperty));
    }
}
