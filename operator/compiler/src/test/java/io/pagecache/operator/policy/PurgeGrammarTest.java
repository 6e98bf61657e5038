package io.pagecache.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.operator.policy.PurgeGrammar.Parsed;
import io.pagecache.operator.policy.PurgeGrammar.Rejected;
import io.pagecache.plan.PurgeMode;
import io.pagecache.plan.PurgeScope;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("seed:T20")
@Tag("seed:W19")
@Tag("seed:W75")
class PurgeGrammarTest {

    @Test
    void shouldReadEveryTerm() {
        var result = PurgeGrammar.parse(
                "all url:/x?a=1 url:https://www.example.com/x prefix:/news/ regex:/a.* tag:article-42 user:4711 element:greeting"
                        + " older-than:1h30m soft @2026-11-22T10:00Z");

        assertThat(result)
                .isEqualTo(new Parsed(
                        List.of(
                                new PurgeScope.All(),
                                new PurgeScope.Url("/x?a=1"),
                                new PurgeScope.Url("https://www.example.com/x"),
                                new PurgeScope.Prefix("/news/"),
                                new PurgeScope.Regex("/a.*"),
                                new PurgeScope.Tag("article-42"),
                                new PurgeScope.User("4711"),
                                new PurgeScope.Element("greeting"),
                                new PurgeScope.OlderThan(Duration.ofMinutes(90))),
                        PurgeMode.SOFT));
    }

    @ParameterizedTest
    @CsvSource({"all, HARD", "all hard, HARD", "soft all, SOFT", "all soft soft, SOFT"})
    void shouldPurgeHardUnlessItSaysSoft(String annotation, PurgeMode mode) {
        assertThat(PurgeGrammar.parse(annotation))
                .isInstanceOfSatisfying(
                        Parsed.class, parsed -> assertThat(parsed.mode()).isEqualTo(mode));
    }

    @Test
    void shouldTakeAnyBlanksBetweenTerms() {
        assertThat(PurgeGrammar.parse("  tag:a\n\ttag:b  "))
                .isInstanceOfSatisfying(
                        Parsed.class, parsed -> assertThat(parsed.scopes()).hasSize(2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "tag:a everything | 7 | 'everything': expected all, url:/path, prefix:/path",
                "ALL              | 1 | 'ALL': expected all, url:/path",
                "url:news         | 1 | 'url:news': expected a path such as url:/news, or url:https://host/news",
                "url:ftp://host/x | 1 | 'url:ftp://host/x': expected a path",
                "url:http://host  | 1 | 'url:http://host': expected a path",
                "prefix:news      | 1 | 'prefix:news': expected a path such as prefix:/news/",
                "all regex:       | 5 | 'regex:': expected an RE2 expression such as regex:/news/[0-9]+",
                "all regex:(      | 5 | regex: '(': error parsing regexp",
                "regex:(?=x)      | 1 | expected an RE2 expression",
                "tag:             | 1 | 'tag:': expected a tag such as tag:article-42",
                "older-than:soon  | 1 | 'older-than:soon': expected a duration such as older-than:1h30m",
                "user:            | 1 | 'user:': expected the value of a reader's cookie such as user:4711",
                "element:         | 1 | 'element:': expected the name of an element or a value",
                "group:42         | 1 | 'group:42': expected all, url:/path",
                "all soft hard    | 10 | soft and hard exclude each other",
                "@2026-11-22      | 12 | nothing says what to purge: expected all",
                "soft             | 5 | nothing says what to purge",
            })
    void shouldSayWhereAndWhatIsWrong(String annotation, int column, String message) {
        assertThat(PurgeGrammar.parse(annotation)).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.column()).isEqualTo(column);
            assertThat(rejected.message()).contains(message);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void shouldRejectWhatSaysNothing(String annotation) {
        assertThat(PurgeGrammar.parse(annotation)).isInstanceOf(Rejected.class);
    }

    @Test
    void shouldBoundWhatOnePurgeAddsToTheLedger() {
        assertThat(PurgeGrammar.parse("tag:a ".repeat(PurgeGrammar.MOST_SCOPES + 1)))
                .isInstanceOf(Rejected.class);
        assertThat(PurgeGrammar.parse("tag:" + "a".repeat(PurgeGrammar.MOST_CHARACTERS)))
                .isInstanceOf(Rejected.class);
    }
}
