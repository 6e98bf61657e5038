package io.pagecache.reuse;

import static io.pagecache.samples.SampleAnswer.NOW;
import static io.pagecache.samples.SampleAnswer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.http.Headers;
import io.pagecache.http.PageResponse;
import io.pagecache.samples.SampleAnswer;
import io.pagecache.store.StoredPage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("RFC 9111 sections 3.2 and 4.3: validation")
@Tag("seed:W52")
class Rfc9111ValidationTest {
    private static final String MODIFIED = "Sat, 21 Nov 2026 10:00:00 GMT";

    @Test
    @DisplayName("4.3.1: both validators go back as the origin wrote them")
    void shouldSendValidators() {
        StoredPage page = answer("ETag", "W/\"a\"", "Last-Modified", MODIFIED).stored();

        Headers conditional = ConditionalRequest.of(Headers.of("Accept", "*/*"), page);

        assertThat(conditional)
                .isEqualTo(Headers.of("Accept", "*/*", "If-None-Match", "W/\"a\"", "If-Modified-Since", MODIFIED));
        assertThat(ConditionalRequest.isPossible(page)).isTrue();
    }

    @Test
    @DisplayName("4.3.1: a tag that this cache made is not the origin's business")
    void shouldNotSendGeneratedTags() {
        StoredPage page = answer().generatedTag("x").stored();

        assertThat(ConditionalRequest.isPossible(page)).isFalse();
        assertThat(ConditionalRequest.of(Headers.EMPTY, page)).isEqualTo(Headers.EMPTY);
    }

    @Test
    @DisplayName("3.2: fields of the 304 replace those stored, all lines of them; others stay")
    void shouldUpdateFields() {
        StoredPage page = answer(
                        "ETag",
                        "\"a\"",
                        "Cache-Control",
                        "max-age=1",
                        "X-A",
                        "1",
                        "X-A",
                        "2",
                        "X-B",
                        "3",
                        "Date",
                        "old")
                .stored();

        PageResponse merged = NotModifiedMerger.merge(
                page,
                notModified("ETag", "\"a\"", "cache-control", "max-age=9", "x-a", "4", "Date", SampleAnswer.DATE));

        assertThat(merged.headers())
                .isEqualTo(Headers.of(
                        "X-B",
                        "3",
                        "ETag",
                        "\"a\"",
                        "cache-control",
                        "max-age=9",
                        "x-a",
                        "4",
                        "Date",
                        SampleAnswer.DATE));
        assertThat(merged.status()).isEqualTo(200);
        assertThat(merged.receivedAt()).isEqualTo(NOW.plusSeconds(60));
    }

    @ParameterizedTest
    @DisplayName(
            "3.2, HARDENING E15: framing and coding of the stored bytes are not up for change; cookies are not for all")
    @CsvSource({
        "Content-Length, 1",
        "Content-Encoding, br",
        "Content-Range, bytes 0-1/2",
        "Transfer-Encoding, chunked",
        "Set-Cookie, a=b"
    })
    void shouldNotChangeWhatDescribesTheBytes(String field, String value) {
        StoredPage page = answer("ETag", "\"a\"").stored();

        assertThat(NotModifiedMerger.merge(page, notModified(field, value))
                        .headers()
                        .contains(field))
                .isFalse();
    }

    @Test
    @DisplayName("RFC 9110 section 6.6.1: a 304 without Date is of the moment it came")
    void shouldDateUndated304() {
        StoredPage page = answer("ETag", "\"a\"", "Date", MODIFIED).stored();

        assertThat(NotModifiedMerger.merge(page, notModified()).headers().all("Date"))
                .containsExactly("Sun, 22 Nov 2026 10:01:00 GMT");
    }

    @Test
    @DisplayName("3.2: tags and targeted directives hold until a 304 changes them")
    void shouldKeepControlFields() {
        StoredPage page = answer("ETag", "\"a\"")
                .control("Surrogate-Key", "x", "Surrogate-Control", "max-age=60")
                .stored();

        Headers merged = NotModifiedMerger.merge(page, notModified("Surrogate-Control", "max-age=5"))
                .headers();

        assertThat(merged.all("Surrogate-Key")).containsExactly("x");
        assertThat(merged.all("Surrogate-Control")).containsExactly("max-age=5");
    }

    @ParameterizedTest(name = "stored {0}, 304 {1}: {2}")
    @DisplayName("4.3.4: a 304 with another validator speaks of another page")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        ETag: "a"             | ETag: "a"             | true
        ETag: "a"             | ETag: W/"a"           | true
        ETag: "a"             | ETag: "b"             | false
        ETag: "a"             | X: y                  | true
        Last-Modified: Sat, 21 Nov 2026 10:00:00 GMT | Last-Modified: Sat, 21 Nov 2026 10:00:00 GMT | true
        Last-Modified: Sat, 21 Nov 2026 10:00:00 GMT | Last-Modified: Sat, 21 Nov 2026 11:00:00 GMT | false
        """)
    void shouldTellWhichPageIsMeant(String stored, String update, boolean same) {
        StoredPage page = answer(field(stored)).stored();

        PageResponse merged = NotModifiedMerger.merge(page, notModified(field(update)));

        assertThat(merged != null).isEqualTo(same);
    }

    private static String[] field(String line) {
        return line.split(": ", 2);
    }

    private static PageResponse notModified(String... headers) {
        return answer(headers).status(304).receivedAt(NOW.plusSeconds(60)).head();
    }
}
