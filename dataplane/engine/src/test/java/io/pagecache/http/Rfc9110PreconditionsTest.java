package io.pagecache.http;

import static io.pagecache.samples.SampleAnswer.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.samples.SampleRequest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9110 section 13: conditional requests")
class Rfc9110PreconditionsTest {
    private static final String BEFORE = "Fri, 20 Nov 2026 10:00:00 GMT";
    private static final String MODIFIED = "Sat, 21 Nov 2026 10:00:00 GMT";
    private static final String AFTER = "Sun, 22 Nov 2026 09:00:00 GMT";

    @ParameterizedTest(name = "{0} of page {1} → {2}")
    @DisplayName("13.1.2, 8.8.3.2: If-None-Match compares weakly, over lists and lines")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        "a"              | "a"   | NOT_MODIFIED
        W/"a"            | "a"   | NOT_MODIFIED
        "a"              | W/"a" | NOT_MODIFIED
        W/"a"            | W/"a" | NOT_MODIFIED
        "b"              | "a"   | PROCEED
        "b", "a"         | "a"   | NOT_MODIFIED
        "b,c" ,, W/"a"   | "a"   | NOT_MODIFIED
        "x, "a", y"      | "a"   | PROCEED
        *                | "a"   | NOT_MODIFIED
        a                | "a"   | PROCEED
        "A"              | "a"   | PROCEED
        w/"a"            | "a"   | PROCEED
        ""               | ""    | NOT_MODIFIED
        "a"              | a     | PROCEED
        """)
    void shouldCompareIfNoneMatch(String condition, String tag, Precondition expected) {
        assertThat(evaluate(Headers.of("ETag", tag), "If-None-Match", condition))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} of page {1} → {2}")
    @DisplayName("13.1.1: If-Match compares strongly")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        "a"        | "a"   | PROCEED
        "b", "a"   | "a"   | PROCEED
        *          | "a"   | PROCEED
        W/"a"      | "a"   | FAILED
        "a"        | W/"a" | FAILED
        "b"        | "a"   | FAILED
        """)
    void shouldCompareIfMatch(String condition, String tag, Precondition expected) {
        assertThat(evaluate(Headers.of("ETag", tag), "If-Match", condition)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} {1} → {2}")
    @DisplayName("13.1.3, 13.1.4: dates; what is no date counts as absent")
    @CsvSource(delimiter = '|', textBlock = """
        If-Modified-Since   | Sat, 21 Nov 2026 10:00:00 GMT | NOT_MODIFIED
        If-Modified-Since   | Sun, 22 Nov 2026 09:00:00 GMT | NOT_MODIFIED
        If-Modified-Since   | Fri, 20 Nov 2026 10:00:00 GMT | PROCEED
        If-Modified-Since   | Saturday, 21-Nov-26 10:00:00 GMT | NOT_MODIFIED
        If-Modified-Since   | yesterday                     | PROCEED
        If-Unmodified-Since | Sat, 21 Nov 2026 10:00:00 GMT | PROCEED
        If-Unmodified-Since | Sun, 22 Nov 2026 09:00:00 GMT | PROCEED
        If-Unmodified-Since | Fri, 20 Nov 2026 10:00:00 GMT | FAILED
        If-Unmodified-Since | yesterday                     | PROCEED
        """)
    void shouldCompareDates(String field, String date, Precondition expected) {
        assertThat(evaluate(Headers.of("Last-Modified", MODIFIED), field, date)).isEqualTo(expected);
    }

    @Test
    @DisplayName("13.2.2: tags go before dates, in both pairs")
    void shouldPreferTagsToDates() {
        Headers page = Headers.of("ETag", "\"a\"", "Last-Modified", MODIFIED);

        assertThat(evaluate(page, "If-None-Match", "\"b\"", "If-Modified-Since", AFTER))
                .isEqualTo(Precondition.PROCEED);
        assertThat(evaluate(page, "If-None-Match", "\"a\"", "If-Modified-Since", BEFORE))
                .isEqualTo(Precondition.NOT_MODIFIED);
        assertThat(evaluate(page, "If-Match", "\"a\"", "If-Unmodified-Since", BEFORE))
                .isEqualTo(Precondition.PROCEED);
    }

    @Test
    @DisplayName("13.2.2: If-Match and If-Unmodified-Since are evaluated first")
    void shouldFailBeforeNotModified() {
        Headers page = Headers.of("ETag", "\"a\"");

        assertThat(evaluate(page, "If-None-Match", "\"a\"", "If-Match", "\"b\""))
                .isEqualTo(Precondition.FAILED);
    }

    @Test
    @DisplayName("RFC 9111 section 4.3.2: without Last-Modified the page's Date stands in")
    void shouldCompareWithDateOfThePage() {
        assertThat(evaluate(Headers.of("Date", MODIFIED), "If-Modified-Since", MODIFIED))
                .isEqualTo(Precondition.NOT_MODIFIED);
    }

    @ParameterizedTest
    @DisplayName("13.2.1: conditions count only where the answer would be 2xx")
    @ValueSource(ints = {301, 404, 410, 500})
    void shouldIgnoreConditionsOnOtherStatuses(int status) {
        Precondition precondition = Preconditions.evaluate(
                SampleRequest.get("/", "If-None-Match", "\"a\""), status, Headers.of("ETag", "\"a\""), NOW);

        assertThat(precondition).isEqualTo(Precondition.PROCEED);
    }

    @Test
    @DisplayName("13.1.2: HEAD gets 304, other methods 412")
    void shouldFailOtherMethods() {
        Headers page = Headers.of("ETag", "\"a\"");
        SampleRequest request = SampleRequest.request("/").headers("If-None-Match", "*");

        assertThat(Preconditions.evaluate(request.method("HEAD").build(), 200, page, NOW))
                .isEqualTo(Precondition.NOT_MODIFIED);
        assertThat(Preconditions.evaluate(request.method("PUT").build(), 200, page, NOW))
                .isEqualTo(Precondition.FAILED);
    }

    private static Precondition evaluate(Headers page, String... conditions) {
        return Preconditions.evaluate(SampleRequest.get("/", conditions), 200, page, NOW);
    }
}
