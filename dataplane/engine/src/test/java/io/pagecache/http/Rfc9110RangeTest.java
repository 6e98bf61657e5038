package io.pagecache.http;

import static io.pagecache.samples.SampleAnswer.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.http.RangeSelection.ByteRange;
import io.pagecache.http.RangeSelection.Partial;
import io.pagecache.http.RangeSelection.Unsatisfiable;
import io.pagecache.http.RangeSelection.Whole;
import io.pagecache.samples.SampleRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9110 section 14: ranges")
class Rfc9110RangeTest {
    private static final Headers PAGE = Headers.of(
            "Content-Type", "text/plain",
            "ETag", "\"a\"",
            "Last-Modified", "Sat, 21 Nov 2026 10:00:00 GMT",
            "Date", "Sun, 22 Nov 2026 10:00:00 GMT");
    private static final Body BODY = Body.wrap("0123456789".getBytes(StandardCharsets.US_ASCII));

    @ParameterizedTest(name = "{0} → {1}")
    @DisplayName("14.1.2: first, last, suffix; cut at the end of the page")
    @CsvSource(delimiter = '|', textBlock = """
        bytes=0-0                     | 0-0
        bytes=0-                      | 0-9
        bytes=2-4                     | 2-4
        bytes=2-400                   | 2-9
        bytes=9-                      | 9-9
        bytes=-1                      | 9-9
        bytes=-10                     | 0-9
        bytes=-400                    | 0-9
        BYTES=0-1                     | 0-1
        bytes= 0-1                    | 0-1
        bytes=0-1,3-4                 | 0-1 3-4
        bytes=3-4 , 0-1               | 3-4 0-1
        bytes=0-1,20-30               | 0-1
        bytes=,,0-1,,                 | 0-1
        bytes=0-99999999999999999999  | 0-9
        bytes=-99999999999999999999   | 0-9
        """)
    void shouldSelectParts(String range, String parts) {
        assertThat(select(range))
                .isInstanceOfSatisfying(
                        Partial.class,
                        partial -> assertThat(text(partial.ranges())).isEqualTo(parts));
    }

    @ParameterizedTest
    @DisplayName("14.2, 17.15, HARDENING D14: what is malformed, overlaps or is too much gets the whole page")
    @ValueSource(
            strings = {
                "bytes",
                "bytes=",
                "bytes=,",
                "bytes=-",
                "bytes=a-b",
                "bytes=1",
                "bytes=4-2",
                "bytes=--1",
                "bytes=1--2",
                "bytes=1-2-3",
                "bytes=+1-2",
                "bytes=1 - 2",
                "bytes=0-1,x",
                "bytes=0-5,3-8",
                "bytes=0-,0-,0-",
                "bytes=-5,7-8",
                "bytes=0-0,1-1,2-2,3-3,4-4,5-5,6-6,7-7,8-8,9-9,11-,12-,13-,14-,15-,16-,17-",
                "items=0-1",
                "bytes:0-1",
                ""
            })
    void shouldSendTheWholePage(String range) {
        assertThat(select(range)).isInstanceOf(Whole.class);
    }

    @ParameterizedTest
    @DisplayName("14.2, 15.5.17: nothing of it exists → 416")
    @ValueSource(strings = {"bytes=10-", "bytes=10-20", "bytes=-0", "bytes=99999999999999999999-", "bytes=10-,20-30"})
    void shouldNotSatisfy(String range) {
        assertThat(select(range)).isInstanceOf(Unsatisfiable.class);
    }

    @Test
    @DisplayName("14.2: only a GET that would get 200")
    void shouldCountForGetOf200Only() {
        SampleRequest request = SampleRequest.request("/").headers("Range", "bytes=0-1");

        assertThat(ByteRanges.select(request.method("HEAD").build(), 200, PAGE, 10, NOW))
                .isInstanceOf(Whole.class);
        assertThat(ByteRanges.select(request.method("GET").build(), 404, PAGE, 10, NOW))
                .isInstanceOf(Whole.class);
        assertThat(ByteRanges.select(request.build(), 200, PAGE, 0, NOW)).isInstanceOf(Unsatisfiable.class);
    }

    @ParameterizedTest(name = "If-Range {0} → partial: {1}")
    @DisplayName("13.1.5: If-Range compares strongly; a date exactly")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        "a"                           | true
        W/"a"                         | false
        "b"                           | false
        Sat, 21 Nov 2026 10:00:00 GMT | true
        Sun, 22 Nov 2026 10:00:00 GMT | false
        garbage                       | false
        """)
    void shouldHonourIfRange(String condition, boolean partial) {
        RangeSelection selection = ByteRanges.select(
                SampleRequest.get("/", "Range", "bytes=0-1", "If-Range", condition), 200, PAGE, 10, NOW);

        assertThat(selection instanceof Partial).isEqualTo(partial);
    }

    @Test
    @DisplayName("8.8.2.2: a date within a second of Date is no strong validator")
    void shouldNotTrustYoungDates() {
        Headers page =
                Headers.of("Last-Modified", "Sun, 22 Nov 2026 10:00:00 GMT", "Date", "Sun, 22 Nov 2026 10:00:00 GMT");

        RangeSelection selection = ByteRanges.select(
                SampleRequest.get("/", "Range", "bytes=0-1", "If-Range", "Sun, 22 Nov 2026 10:00:00 GMT"),
                200,
                page,
                10,
                NOW);

        assertThat(selection).isInstanceOf(Whole.class);
    }

    @Test
    @DisplayName("15.3.7.1: one part")
    void shouldSendOnePart() {
        PartialContent partial = PartialContent.of(PAGE, BODY, (Partial) select("bytes=2-4"), "B");

        assertThat(partial.headers().first("Content-Range")).isEqualTo("bytes 2-4/10");
        assertThat(partial.headers().first("Content-Type")).isEqualTo("text/plain");
        assertThat(partial.length()).isEqualTo(3);
        assertThat(text(partial)).isEqualTo("234");
    }

    @Test
    @DisplayName("15.3.7.2: several parts as multipart/byteranges")
    void shouldSendSeveralParts() {
        PartialContent partial = PartialContent.of(PAGE, BODY, (Partial) select("bytes=2-4,-1"), "B");

        assertThat(partial.headers().first("Content-Range")).isNull();
        assertThat(partial.headers().first("Content-Type")).isEqualTo("multipart/byteranges; boundary=B");
        assertThat(text(partial)).isEqualTo("""
                \r
                --B\r
                Content-Type: text/plain\r
                Content-Range: bytes 2-4/10\r
                \r
                234\r
                --B\r
                Content-Type: text/plain\r
                Content-Range: bytes 9-9/10\r
                \r
                9\r
                --B--\r
                """);
        assertThat(partial.length()).isEqualTo(text(partial).length());
    }

    private static RangeSelection select(String range) {
        return ByteRanges.select(SampleRequest.get("/", "Range", range), 200, PAGE, 10, NOW);
    }

    private static String text(List<ByteRange> ranges) {
        StringBuilder text = new StringBuilder();
        for (ByteRange range : ranges) {
            text.append(text.isEmpty() ? "" : " ")
                    .append(range.first())
                    .append('-')
                    .append(range.last());
        }
        return text.toString();
    }

    private static String text(PartialContent partial) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        partial.pieces().forEach(piece -> bytes.writeBytes(piece.toArray()));
        return bytes.toString(StandardCharsets.US_ASCII);
    }
}
