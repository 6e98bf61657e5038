package io.pagecache.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.InRange;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.pagecache.http.RangeSelection.ByteRange;
import io.pagecache.samples.SampleRequest;
import java.time.Instant;

/** D14, F13: no range reaches beyond the body, and no request gets more than the body. */
class RangeFuzz {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @FuzzTest
    @DictionaryEntries({"bytes=", "bytes=0-", "bytes=-1", "0-0,", "1-2,", "9223372036854775807", "-"})
    void shouldStayWithinTheBody(@NotNull String text, @InRange(min = 0, max = 5000) int length) {
        PageRequest request = SampleRequest.get("/", "Range", text);

        RangeSelection selection = ByteRanges.select(request, 200, Headers.EMPTY, length, NOW);

        if (selection instanceof RangeSelection.Partial(var ranges)) {
            assertThat(ranges).isNotEmpty().hasSizeLessThanOrEqualTo(ByteRanges.MOST_RANGES);
            assertThat(ranges).allSatisfy(range -> {
                assertThat(range.first()).isNotNegative().isLessThanOrEqualTo(range.last());
                assertThat(range.last()).isLessThan(length);
            });
            assertThat(ranges.stream().mapToLong(ByteRange::length).sum()).isLessThanOrEqualTo(length);
        }
    }
}
