package io.pagecache.wiki.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "de|DE",
                "de-AT|DE",
                "fr;q=0.5, de;q=0.7|DE",
                "es, fr;q=0.1|FR",
                "den|EN",
                "de;q=0|EN",
                "de;q=x, fr|FR",
                "*|EN",
                ",;|EN",
            })
    void shouldPickTheReadersBest(String acceptLanguage, Language language) {
        assertThat(Language.of(acceptLanguage)).isEqualTo(language);
    }

    @Test
    void shouldSpeakEnglishToThoseWhoDoNotSay() {
        assertThat(Language.of(null)).isEqualTo(Language.EN);
    }

    @Test
    void shouldHaveTheSameWordsInEveryLanguage() {
        Phrases phrases = Phrases.load();

        assertThat(phrases.in(Language.DE))
                .containsOnlyKeys(phrases.in(Language.EN).keySet());
        assertThat(phrases.in(Language.FR))
                .containsOnlyKeys(phrases.in(Language.EN).keySet());
    }
}
