package io.pagecache.reuse;

import static io.pagecache.samples.SampleAnswer.NOW;
import static io.pagecache.samples.SampleAnswer.answer;
import static io.pagecache.samples.SampleRequest.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.reuse.Serving.Fresh;
import io.pagecache.reuse.Serving.Revalidate;
import io.pagecache.store.Lookup.Found;
import io.pagecache.store.StoredPage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("RFC 8246: immutable")
class Rfc8246ImmutableTest {
    private final StoredPage page =
            answer("Cache-Control", "max-age=60, immutable").stored();

    @Test
    @DisplayName("2: a reload does not make the origin work while the page is fresh")
    void shouldNotRevalidateWhileFresh() {
        Serving serving = new ReuseDecider()
                .decide(get("/", "Cache-Control", "max-age=0"), new Found(page, null), NOW.plusSeconds(59));

        assertThat(serving).isEqualTo(new Fresh(page));
    }

    @Test
    @DisplayName("2: once stale it is validated like any other page")
    void shouldRevalidateOnceStale() {
        Serving serving = new ReuseDecider().decide(get("/"), new Found(page, null), NOW.plusSeconds(60));

        assertThat(serving).isInstanceOf(Revalidate.class);
    }

    @Test
    @DisplayName("2: the directive reaches clients and caches behind")
    void shouldKeepTheDirectiveForClients() {
        assertThat(page.headers().first("Cache-Control")).isEqualTo("max-age=60, immutable");
    }
}
