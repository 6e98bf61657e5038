package io.pagecache.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** F13: no text before or behind a prohibition hides it, and no lifetime is out of bounds. */
class CacheControlFuzz {
    private static final Duration LONGEST = Duration.ofSeconds(1L << 31);

    @FuzzTest
    @DictionaryEntries({
        "max-age=",
        "s-maxage=",
        "stale-if-error=",
        "private",
        "\\x22",
        "\\x5C\\x22",
        ",",
        "no-cache=\\x22"
    })
    void shouldNotHideProhibitions(@NotNull String text) {
        ResponseDirectives before = ResponseDirectives.of(Headers.of("Cache-Control", text + ", no-store"));
        ResponseDirectives behind = ResponseDirectives.of(Headers.of("Cache-Control", "private, " + text));
        RequestDirectives.of(Headers.of("Cache-Control", text));

        assertThat(before.noStore()).isTrue();
        assertThat(behind.isPrivate()).isTrue();
        expectBounded(before.maxAge());
        expectBounded(before.sharedMaxAge());
        expectBounded(behind.staleIfError());
        expectBounded(behind.staleWhileRevalidate());
    }

    private static void expectBounded(@Nullable Duration duration) {
        if (duration != null) {
            assertThat(duration).isBetween(Duration.ZERO, LONGEST);
        }
    }
}
