package io.pagecache.reuse;

import static io.pagecache.samples.SampleAnswer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.freshness.StaleWindows;
import io.pagecache.http.Body;
import io.pagecache.http.ContentRange;
import io.pagecache.http.Headers;
import io.pagecache.http.PageResponse;
import io.pagecache.http.ResponseDirectives;
import io.pagecache.key.BaseKey;
import io.pagecache.key.CacheKey;
import io.pagecache.reuse.Serving.Fetch;
import io.pagecache.reuse.Serving.Part;
import io.pagecache.samples.SampleAnswer;
import io.pagecache.samples.SampleRequest;
import io.pagecache.status.ForwardReason;
import io.pagecache.store.Lookup;
import io.pagecache.store.StoredPage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("RFC 9111 sections 3.3 and 3.4: parts of pages")
class Rfc9111PartsTest {
    private static final String WHOLE = "0123456789";

    private static StoredPage part(int first, int last, String... fields) {
        return new StoredPage(
                new CacheKey(new BaseKey("http", "www.example.com", "/", null), ""),
                List.of(),
                List.of(),
                206,
                Headers.of(fields),
                Headers.EMPTY,
                null,
                ResponseDirectives.NONE,
                Body.wrap(WHOLE.substring(first, last + 1).getBytes(StandardCharsets.US_ASCII)),
                null,
                null,
                SampleAnswer.NOW,
                SampleAnswer.NOW,
                Duration.ZERO,
                Duration.ofMinutes(1),
                StaleWindows.NONE,
                List.of(),
                new ContentRange(first, last, WHOLE.length()));
    }

    private static Serving decide(String method, StoredPage part, long later, String... fields) {
        return new ReuseDecider()
                .decide(
                        SampleRequest.request("/")
                                .method(method)
                                .headers(fields)
                                .build(),
                        new Lookup.FoundPart(part),
                        SampleAnswer.NOW.plusSeconds(later));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName("3.3: a part answers for ranges within it, and for nothing else")
    @CsvSource({
        "bytes=2-6, true",
        "bytes=3-4, true",
        "bytes=2-2, true",
        "bytes=1-3, false",
        "bytes=5-7, false",
        "bytes=5-, false",
        "bytes=-3, false",
        "'bytes=2-3,5-6', false",
        "bytes=20-, false",
        "lines=2-3, false"
    })
    void shouldAnswerForRangesWithin(String range, boolean answers) {
        Serving serving = decide("GET", part(2, 6, "ETag", "\"v\""), 0, "Range", range);

        assertThat(serving).isInstanceOf(answers ? Part.class : Fetch.class);
    }

    @Test
    void shouldAnswerForTheEndWhereItHasIt() {
        assertThat(decide("GET", part(5, 9), 0, "Range", "bytes=-3")).isInstanceOf(Part.class);
        assertThat(decide("GET", part(5, 9), 0, "Range", "bytes=7-")).isInstanceOf(Part.class);
    }

    @Test
    @DisplayName("HARDENING E17: neither for the page, nor for HEAD, nor once it is stale, nor against If-Range")
    void shouldNotAnswerForThePage() {
        StoredPage part = part(0, 4, "ETag", "\"v\"");

        assertThat(decide("GET", part, 0))
                .isEqualTo(new Fetch(ForwardReason.PARTIAL, io.pagecache.status.Reason.ABSENT, true, part));
        assertThat(decide("HEAD", part, 0)).isInstanceOf(Fetch.class);
        assertThat(decide("GET", part, 60, "Range", "bytes=0-1")).isInstanceOf(Fetch.class);
        assertThat(decide("GET", part, 0, "Range", "bytes=0-1", "If-Range", "\"w\""))
                .isInstanceOf(Fetch.class);
        assertThat(decide("GET", part, 0, "Range", "bytes=0-1", "If-Range", "\"v\""))
                .isInstanceOf(Part.class);
        assertThat(decide("GET", part, 0, "Cache-Control", "only-if-cached")).isInstanceOf(Serving.Unsatisfiable.class);
    }

    @ParameterizedTest(name = "{0}-{1} with {2}: {3}")
    @DisplayName("3.4: the missing end is asked for, if the page is still the same")
    @CsvSource({"0, 4, '\"v\"', bytes=5-", "5, 9, '\"v\"', bytes=0-4", "2, 6, '\"v\"',", "0, 4, 'W/\"v\"',", "0, 4, v,"
    })
    void shouldAskForTheRest(int first, int last, String tag, String range) {
        Headers asking = PartCombiner.askingForRest(Headers.of("X", "y"), part(first, last, "ETag", tag));

        assertThat(asking == null ? null : asking.first("Range")).isEqualTo(range);
        if (asking != null) {
            assertThat(asking.first("If-Range")).isEqualTo(tag);
            assertThat(asking.first("X")).isEqualTo("y");
        }
    }

    private static PageResponse answer206(String range, String tag) {
        return answer("Content-Range", range, "ETag", tag, "X", "new")
                .status(206)
                .head();
    }

    @ParameterizedTest(name = "{0} {1}")
    @DisplayName(
            "3.4, HARDENING E17: only parts with the same strong tag, of the same length, without a gap, are joined")
    @CsvSource({
        "bytes 5-9/10, '\"v\"', bytes 0-9/10",
        "bytes 5-7/10, '\"v\"', bytes 0-7/10",
        "bytes 3-7/10, '\"v\"', bytes 0-7/10",
        "bytes 1-2/10, '\"v\"', bytes 0-4/10",
        "bytes 6-9/10, '\"v\"',",
        "bytes 5-9/11, '\"v\"',",
        "bytes 5-9/10, '\"w\"',",
        "bytes 5-9/10, 'W/\"v\"',",
        "bytes 5-9/*, '\"v\"',"
    })
    void shouldJoinPartsOfOnePage(String range, String tag, String joined) {
        PartCombiner combiner = PartCombiner.of(part(0, 4, "ETag", "\"v\""), answer206(range, tag));

        assertThat(combiner == null ? null : combiner.joined().toString()).isEqualTo(joined);
    }

    @Test
    @DisplayName("3.4: the newer fields count; all of the parts together are the page")
    void shouldMakeThePage() {
        StoredPage first = part(0, 4, "ETag", "\"v\"", "X", "old", "Y", "kept");
        PageResponse answer = answer206("bytes 3-9/10", "\"v\"");

        PartCombiner combiner = PartCombiner.of(first, answer);
        PageResponse head = combiner.head(answer);

        assertThat(new String(combiner.join("abcdefg".getBytes(StandardCharsets.US_ASCII)), StandardCharsets.US_ASCII))
                .isEqualTo("012abcdefg");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.headers().first("X")).isEqualTo("new");
        assertThat(head.headers().first("Y")).isEqualTo("kept");
        assertThat(head.headers().contains("Content-Range")).isFalse();
    }

    @Test
    void shouldStayAPartWhileSomethingIsMissing() {
        PageResponse answer = answer206("bytes 5-7/10", "\"v\"");

        PageResponse head = PartCombiner.of(part(2, 4, "ETag", "\"v\""), answer).head(answer);

        assertThat(head.status()).isEqualTo(206);
        assertThat(head.headers().all("Content-Range")).containsExactly("bytes 2-7/10");
    }
}
