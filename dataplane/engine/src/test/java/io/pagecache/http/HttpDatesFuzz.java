package io.pagecache.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.time.Instant;

/** F13: whatever is read as a date is a date, and is read again as the same. */
class HttpDatesFuzz {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @FuzzTest
    @DictionaryEntries({"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"})
    void shouldReadBackWhatItHasRead(@NotNull String text) {
        Instant date = HttpDates.parse(text, NOW);

        if (date != null) {
            assertThat(HttpDates.parse(HttpDates.format(date), NOW)).isEqualTo(date);
        }
    }
}
