package io.pagecache.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9111 section 5.2: Cache-Control")
class Rfc9111DirectivesTest {

    @ParameterizedTest(name = "{0} → {1} s")
    @DisplayName(
            "5.2, 1.2.2, 4.2.1: delta-seconds as token or quoted, clamped; garbage is stale; repeats: the strictest")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        max-age=60                          | 60
        MAX-AGE=60                          | 60
        max-age="60"                        | 60
        max-age=0060                        | 60
        max-age=2147483648                  | 2147483648
        max-age=99999999999999999999999999  | 2147483648
        max-age=0                           | 0
        max-age=                            | 0
        max-age                             | 0
        max-age=-1                          | 0
        max-age=+60                         | 0
        max-age=60.5                        | 0
        max-age=a60                         | 0
        max-age=60a                         | 0
        max-age= 60                         | 0
        max-age='60'                        | 0
        max-age=60, max-age=30              | 30
        max-age=30, max-age=60              | 30
        max-age=60, max-age=x               | 0
        , ,max-age=60,,                     | 60
        unknown="a, max-age=7", max-age=60  | 60
        unknown="a\\", max-age=7", max-age=60 | 60
        """)
    void shouldReadMaxAge(String field, long seconds) {
        assertThat(directives(field).maxAge()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @DisplayName("5.2.2.4, 5.2.2.7: a directive that names fields counts like one that names none")
    @ValueSource(strings = {"private", "Private", "private=\"set-cookie\"", "private=set-cookie", "public, private"})
    void shouldTakePrivateForTheWholeAnswer(String field) {
        assertThat(directives(field).isPrivate()).isTrue();
    }

    @ParameterizedTest
    @DisplayName("HARDENING E13: what is no list of directives is not kept")
    @ValueSource(
            strings = {
                "max-age=\"60",
                "max-age=60\"",
                "public; max-age=60",
                "max-age =60",
                "=60",
                "max-age=\"60\" private",
                "unknown=\"\\",
                "m\u00e4x-age=60"
            })
    void shouldNotKeepWhatCannotBeRead(String field) {
        assertThat(directives(field).noStore()).isTrue();
    }

    @Test
    @DisplayName("5.2: several lines are one list")
    void shouldJoinLines() {
        ResponseDirectives directives = ResponseDirectives.of(Headers.of(
                "Cache-Control", "max-age=60", "cache-control", "no-cache, s-maxage=5", "Cache-Control", "immutable"));

        assertThat(directives.maxAge()).isEqualTo(Duration.ofSeconds(60));
        assertThat(directives.sharedMaxAge()).isEqualTo(Duration.ofSeconds(5));
        assertThat(directives.noCache()).isTrue();
        assertThat(directives.immutable()).isTrue();
    }

    @Test
    @DisplayName("5.4: Pragma counts only where there is no Cache-Control")
    void shouldReadPragmaOnlyWithoutCacheControl() {
        assertThat(ResponseDirectives.of(Headers.of("Pragma", "no-cache")).noCache())
                .isTrue();
        assertThat(ResponseDirectives.of(Headers.of("Pragma", "no-cache", "Cache-Control", "max-age=1"))
                        .noCache())
                .isFalse();
    }

    @Test
    @DisplayName("5.2.3: unknown directives are ignored")
    void shouldIgnoreUnknownDirectives() {
        assertThat(directives("foo, bar=1, baz=\"x\"")).isEqualTo(ResponseDirectives.NONE);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName("5.2.2.6: no-transform is a directive, not a piece of text")
    @CsvSource(delimiter = '|', textBlock = """
        no-transform              | true
        max-age=1, No-Transform   | true
        ext="no-transform"        | false
        no-transformers           | false
        """)
    void shouldReadNoTransform(String field, boolean forbidden) {
        Headers headers = Headers.of("CDN-Cache-Control", "max-age=1", "Cache-Control", field);

        assertThat(ResponseDirectives.forbidsTransformation(headers)).isEqualTo(forbidden);
    }

    @ParameterizedTest(name = "{0} → {1} s")
    @DisplayName("5.2.1.2: max-stale with and without a limit; garbage allows nothing")
    @CsvSource(delimiter = '|', textBlock = """
        max-stale             | 2147483648
        max-stale=30          | 30
        max-stale="30"        | 30
        max-stale=x           | 0
        max-stale, max-stale=5 | 5
        """)
    void shouldReadMaxStale(String field, long seconds) {
        assertThat(RequestDirectives.of(Headers.of("Cache-Control", field)).maxStale())
                .isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @DisplayName("5.2.1: what would make the origin work is not listened to")
    @ValueSource(strings = {"no-cache", "no-store", "max-age=0", "min-fresh=9999", "no-transform", "\"", "="})
    void shouldNotListenToWhatCostsTheOrigin(String field) {
        assertThat(RequestDirectives.of(Headers.of("Cache-Control", field, "Pragma", "no-cache")))
                .isEqualTo(RequestDirectives.NONE);
    }

    private static ResponseDirectives directives(String field) {
        return ResponseDirectives.of(Headers.of("Cache-Control", field));
    }
}
