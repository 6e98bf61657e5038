package io.pagecache.proxy.caching;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.proxy.actors.Visitor.Received;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 5861 and RFC 9111 section 4.2.4 on the wire: stale pages")
class StaleIT extends BareStage {
    @Test
    @DisplayName("RFC 5861 section 3: stale-while-revalidate to the second: last second stale, next one not")
    void shouldServeStaleWithinTheExactWindow() {
        CachedPage page = new CachedPage(stage).says("Cache-Control: max-age=10, stale-while-revalidate=5");
        page.get();

        Received last = page.after(14).get();
        assertThat(last.text()).isEqualTo("#1");
        org.awaitility.Awaitility.await().until(() -> page.asked() == 2);
        org.awaitility.Awaitility.await().until(() -> page.get().text().equals("#2"));

        assertThat(page.after(15).get().text()).isEqualTo("#3");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("4.2.4: never stale where the origin forbids it, not even when it fails")
    @ValueSource(strings = {"must-revalidate", "proxy-revalidate", "no-cache", "s-maxage=2"})
    void shouldNotServeStaleWhereForbidden(String directive) {
        CachedPage page = new CachedPage(stage).says("Cache-Control: max-age=2, " + directive);
        page.get();

        page.says(503, "Cache-Control: no-store").after(3);

        assertThat(page.get().status()).isEqualTo(503);
    }

    @Test
    @DisplayName("RFC 5861 section 4: stale-if-error of the origin to the second, then the error")
    void shouldServeStaleIfErrorWithinTheExactWindow() {
        CachedPage page = new CachedPage(stage).says("Cache-Control: max-age=10, stale-if-error=5");
        page.get();
        page.says(503, "Cache-Control: no-store");

        assertThat(page.after(14).get().text()).isEqualTo("#1");
        assertThat(page.after(1).get().status()).isEqualTo(503);
    }

    @Test
    @DisplayName("5.2.1: max-stale and only-if-cached are heard; what would let a client empty the cache is not")
    void shouldHearDirectivesThatSpareTheOrigin() {
        CachedPage page = new CachedPage(stage).says("Cache-Control: max-age=10");
        assertThat(page.get("Cache-Control", "only-if-cached").status()).isEqualTo(504);
        page.get();

        assertThat(page.after(5).isReused("Cache-Control", "no-cache")).isTrue();
        assertThat(page.isReused("Cache-Control", "max-age=0")).isTrue();
        assertThat(page.isReused("Cache-Control", "min-fresh=3600")).isTrue();
        assertThat(page.isReused("Cache-Control", "no-store")).isTrue();
        assertThat(page.isReused("Pragma", "no-cache")).isTrue();
        assertThat(page.get("Cache-Control", "only-if-cached").status()).isEqualTo(200);
        assertThat(page.after(10).get("Cache-Control", "only-if-cached").status())
                .isEqualTo(504);
        assertThat(page.get("Cache-Control", "only-if-cached, max-stale=4").status())
                .isEqualTo(504);
        assertThat(page.get("Cache-Control", "max-stale=30").text()).isEqualTo("#1");
    }
}
