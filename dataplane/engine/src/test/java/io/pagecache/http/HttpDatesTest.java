package io.pagecache.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9110 section 5.6.7: dates")
class HttpDatesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @ParameterizedTest
    @DisplayName("all three forms, in any case (RFC 9111 section 4.2); two-digit years are at most 50 years ahead")
    @CsvSource(delimiter = '|', textBlock = """
        Sun, 06 Nov 1994 08:49:37 GMT    | 1994-11-06T08:49:37Z
        sun, 06 nOV 1994 08:49:37 gmt    | 1994-11-06T08:49:37Z
        Sunday, 06-Nov-94 08:49:37 GMT   | 1994-11-06T08:49:37Z
        SUNDAY, 06-NOV-94 08:49:37 GMT   | 1994-11-06T08:49:37Z
        Sun Nov  6 08:49:37 1994         | 1994-11-06T08:49:37Z
        Sun Nov 13 08:49:37 1994         | 1994-11-13T08:49:37Z
        Thu, 01 Jan 1970 00:00:00 GMT    | 1970-01-01T00:00:00Z
        Tue, 30 Jun 2015 23:59:60 GMT    | 2015-06-30T23:59:59Z
        Thu, 29 Feb 2024 12:00:00 GMT    | 2024-02-29T12:00:00Z
        Sunday, 22-Nov-76 10:00:00 GMT   | 2076-11-22T10:00:00Z
        Tuesday, 22-Nov-77 10:00:00 GMT  | 1977-11-22T10:00:00Z
        """)
    void shouldReadTheThreeForms(String text, Instant expected) {
        assertThat(HttpDates.parse(text, NOW)).isEqualTo(expected);
    }

    @ParameterizedTest
    @DisplayName("anything else is no date")
    @ValueSource(
            strings = {
                "",
                "0",
                "-1",
                "Mon, 06 Nov 1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 08:49:37 UTC",
                "Sun, 06 Nov 1994 08:49:37 +0000",
                "Sun, 6 Nov 1994 08:49:37 GMT",
                "Sun,  06 Nov 1994 08:49:37 GMT",
                "Sun 06 Nov 1994 08:49:37 GMT",
                "Sun, 06 Nov 94 08:49:37 GMT",
                "Sun, 06 Nov 1994 8:49:37 GMT",
                "Sun, 06 Nov 1994 24:49:37 GMT",
                "Sun, 06 Nov 1994 08:60:37 GMT",
                "Sun, 06 Nov 1994 08:49:61 GMT",
                "Sun, 06-Nov-1994 08:49:37 GMT",
                "Sun, 31 Feb 1994 08:49:37 GMT",
                "Sun, 00 Nov 1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 08:49:37",
                "Sun, 06 Nov 1994 08.49.37 GMT",
                "Sun Nov 06 08:49:37 1994 GMT",
                "1994-11-06T08:49:37Z",
                "Sun, +6 Nov 1994 08:49:37 GMT",
                "Sun, 06 Nov -994 08:49:37 GMT",
                "Sun, \u0660\u0666 Nov 1994 08:49:37 GMT"
            })
    void shouldRefuseOthers(String text) {
        assertThat(HttpDates.parse(text, NOW)).isNull();
    }

    @ParameterizedTest
    @DisplayName("what is written is read back")
    @ValueSource(strings = {"1994-11-06T08:49:37Z", "2026-02-03T04:05:06Z", "2100-12-31T23:59:59Z"})
    void shouldReadBackWhatItWrites(Instant instant) {
        assertThat(HttpDates.parse(HttpDates.format(instant), NOW)).isEqualTo(instant);
    }
}
