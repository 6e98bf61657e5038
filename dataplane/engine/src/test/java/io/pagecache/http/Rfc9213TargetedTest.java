package io.pagecache.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.http.ResponseDirectives.Source;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9213: targeted cache control")
@Tag("seed:T7")
class Rfc9213TargetedTest {
    private static final Headers ALL_FIELDS = Headers.of(
            "Cache-Control", "max-age=1",
            "Surrogate-Control", "max-age=2",
            "CDN-Cache-Control", "max-age=3",
            "Pagecache-Control", "max-age=4");

    @ParameterizedTest(name = "without {0}: {1}")
    @DisplayName("2.2: the first field of the target list that is present counts, alone")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        -                                                        | PAGECACHE_CONTROL | 4
        pagecache-control                                        | CDN_CACHE_CONTROL | 3
        pagecache-control,cdn-cache-control                      | SURROGATE_CONTROL | 2
        pagecache-control,cdn-cache-control,surrogate-control    | CACHE_CONTROL     | 1
        """)
    void shouldTakeTheFirstFieldPresent(String missing, Source source, long maxAge) {
        Headers headers =
                missing == null ? ALL_FIELDS : ALL_FIELDS.without(java.util.Set.copyOf(FieldList.members(missing)));

        ResponseDirectives directives = ResponseDirectives.of(headers);

        assertThat(directives.source()).isEqualTo(source);
        assertThat(directives.maxAge()).isEqualTo(Duration.ofSeconds(maxAge));
    }

    @ParameterizedTest
    @DisplayName("2.1: an empty field, one that is no dictionary, or one with values of wrong types is ignored")
    @ValueSource(
            strings = {
                "",
                "   ",
                "max-age=10000, &&&&&",
                "max-age=\"10000\"",
                "max-age=10.5",
                "max-age=-1",
                "max-age",
                "MaX-aGe=3600",
                "max-age =100",
                "max-age= 100",
                "max-age=100,",
                "max-age=100;",
                "max-age=1234567890123456",
                "no-store no-cache",
                "private=\"unclosed",
                "x=(a b",
                "x=:@:",
                "x=?2",
                "x=1.2345",
                "x=@1.5",
                "\u00e4"
            })
    void shouldIgnoreWhatIsNoDictionary(String field) {
        ResponseDirectives directives =
                ResponseDirectives.of(Headers.of("CDN-Cache-Control", field, "Cache-Control", "no-store"));

        assertThat(directives.source()).isEqualTo(Source.CACHE_CONTROL);
        assertThat(directives.noStore()).isTrue();
    }

    @ParameterizedTest
    @DisplayName("2.1: all types of structured fields are read, unknown members and parameters ignored")
    @ValueSource(
            strings = {
                "max-age=60",
                "foobar, max-age=60",
                "max-age=60;p=1;q=\"x\", x",
                "x=(a \"b\" 1;p), max-age=60",
                "x=:aGk=:, y=?1, z=tok/en:x, n=-1.5, d=@1659578233, s=%\"f%c3%bc\", max-age=60",
                "max-age=1, max-age=60",
                "*x=1 , \t max-age=60"
            })
    void shouldReadDictionaries(String field) {
        ResponseDirectives directives = ResponseDirectives.of(Headers.of("CDN-Cache-Control", field));

        assertThat(directives.maxAge()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    @DisplayName("2.2: a targeted field sets Cache-Control and Expires aside")
    void shouldSetOtherFieldsAside() {
        ResponseDirectives directives = ResponseDirectives.of(Headers.of(
                "CDN-Cache-Control", "must-revalidate", "Cache-Control", "no-store, max-age=5", "Expires", "0"));

        assertThat(directives.noStore()).isFalse();
        assertThat(directives.maxAge()).isNull();
        assertThat(directives.mustRevalidate()).isTrue();
        assertThat(directives.honoursExpires()).isFalse();
    }

    @Test
    @DisplayName("2.1: a directive that is false is absent")
    void shouldTakeFalseForAbsent() {
        assertThat(ResponseDirectives.of(Headers.of("CDN-Cache-Control", "no-store=?0, max-age=1"))
                        .noStore())
                .isFalse();
    }

    @Test
    @DisplayName("Surrogate-Control: max-age=600+30 is fresh for 600 s, then stale but usable for 30 s")
    void shouldReadSurrogateStaleness() {
        ResponseDirectives directives = ResponseDirectives.of(Headers.of("Surrogate-Control", "max-age=600+30"));

        assertThat(directives.maxAge()).isEqualTo(Duration.ofMinutes(10));
        assertThat(directives.staleWhileRevalidate()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    @DisplayName("Surrogate-Control: content alone leaves storage to Cache-Control")
    void shouldReadSurrogateContentApart() {
        Headers headers =
                Headers.of("Surrogate-Control", "content=\"ESI/1.0 Pagecache/1.0\"", "Cache-Control", "max-age=9");

        assertThat(SurrogateControl.of(headers).asksFor("pagecache/1.0")).isTrue();
        assertThat(SurrogateControl.of(headers).asksFor("Pagecache/2.0")).isFalse();
        assertThat(ResponseDirectives.of(headers).source()).isEqualTo(Source.CACHE_CONTROL);
    }
}
