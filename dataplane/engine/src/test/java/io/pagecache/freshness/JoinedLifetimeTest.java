package io.pagecache.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.http.Headers;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("seed:W29")
class JoinedLifetimeTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @ParameterizedTest
    @DisplayName("W29: a page lives as long as the shortest-lived of its fragments")
    @CsvSource(
            delimiter = ';',
            value = {
                "max-age=60; max-age=30; max-age=30",
                "max-age=30; max-age=60; max-age=30",
                "max-age=60, must-revalidate; max-age=90; max-age=60, must-revalidate",
                "max-age=60, public; max-age=60; max-age=60",
                "max-age=60; public; no-cache",
                "max-age=60; no-cache; no-cache",
                "max-age=60; max-age=0; no-cache",
                "max-age=60; private, max-age=60; private, no-cache",
                "private; max-age=60; private, no-cache",
                "max-age=60; no-store; private, no-store",
                "s-maxage=60; max-age=60; no-cache"
            })
    void shouldAllowWhatAllAllow(String page, String fragment, String expected) {
        List<Headers> answers = List.of(Headers.of("Cache-Control", page), Headers.of("Cache-Control", fragment));

        assertThat(JoinedLifetime.cacheControl(answers, false, NOW)).isEqualTo(expected);
    }

    @Test
    void shouldCountWhatIsLeft() {
        List<Headers> answers = List.of(
                Headers.of("Cache-Control", "max-age=60", "Age", "50"),
                Headers.of("Cache-Control", "max-age=30", "Age", "5"));

        assertThat(JoinedLifetime.cacheControl(answers, false, NOW)).isEqualTo("max-age=10");
    }

    @Test
    void shouldReadExpires() {
        Headers page = Headers.of(
                "Date", "Sun, 22 Nov 2026 10:00:00 GMT", "Expires", "Sun, 22 Nov 2026 10:02:00 GMT", "Age", "20");

        assertThat(JoinedLifetime.cacheControl(List.of(page), false, NOW)).isEqualTo("max-age=100");
    }

    @Test
    void shouldKeepToItsReaderWhatSetsACookieOrIsPersonal() {
        Headers plain = Headers.of("Cache-Control", "max-age=60");
        Headers cookie = Headers.of("Cache-Control", "max-age=60", "Set-Cookie", "a=b");

        assertThat(JoinedLifetime.cacheControl(List.of(plain, cookie), false, NOW))
                .isEqualTo("private, no-cache");
        assertThat(JoinedLifetime.cacheControl(List.of(plain), true, NOW)).isEqualTo("private, no-cache");
    }

    @Test
    void shouldNotLastWithoutAFragment() {
        Headers plain = Headers.of("Cache-Control", "max-age=60");

        assertThat(JoinedLifetime.cacheControl(List.of(plain, Headers.EMPTY), false, NOW))
                .isEqualTo("no-cache");
    }
}
