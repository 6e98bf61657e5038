package io.pagecache.proxy.caching;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.proxy.actors.Visitor.Received;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("RFC 9110 section 14 on the wire: parts of pages")
class RangeIT extends BareStage {
    @ParameterizedTest(name = "{0}")
    @DisplayName("14.2: parts of a stored page come from the store")
    @CsvSource(delimiter = '^', textBlock = """
            bytes=0-0       ^ 206 ^ #   ^ bytes 0-0/2
            bytes=1-        ^ 206 ^ 1   ^ bytes 1-1/2
            bytes=-1        ^ 206 ^ 1   ^ bytes 1-1/2
            bytes=0-100     ^ 206 ^ #1  ^ bytes 0-1/2
            bytes=5-        ^ 416 ^ ''  ^ bytes */2
            bytes=1-0       ^ 200 ^ #1  ^
            bytes=-99999999999999999999 ^ 206 ^ #1 ^ bytes 0-1/2
            lines=0-0       ^ 200 ^ #1  ^
            """)
    void shouldServeParts(String range, int status, String body, String contentRange) {
        CachedPage page = new CachedPage(stage).says("Cache-Control: max-age=3600");
        page.get();

        Received part = page.get("Range", range);

        assertThat(part.status()).isEqualTo(status);
        assertThat(part.text()).isEqualTo(body);
        assertThat(part.header("Content-Range")).isEqualTo(contentRange);
        assertThat(page.asked()).isEqualTo(1);
    }

    @Test
    @DisplayName("HARDENING E17: a part is never taken for the page")
    void shouldNotServeAPartAsThePage() {
        CachedPage page = new CachedPage(stage)
                .says(206, "Cache-Control: max-age=3600 || Content-Range: bytes 0-1/10 || ETag: \"a\"");
        page.get("Range", "bytes=0-1");
        page.says("Cache-Control: max-age=3600");

        assertThat(page.get().status()).isEqualTo(200);
        assertThat(page.asked()).isEqualTo(2);
    }

    @Test
    @DisplayName("markers cannot be filled into a part: a cold page with elements is fetched whole")
    void shouldFetchAPageWithElementsWhole() {
        CachedPage page = new CachedPage(stage);
        stage.origin.on(page.path, request -> {
            boolean part = request.getHeader("Range") != null;
            request.response()
                    .setStatusCode(part ? 206 : 200)
                    .putHeader("Content-Type", "text/html")
                    .putHeader("Cache-Control", "max-age=60")
                    .putHeader("Surrogate-Control", "content=\"Pagecache/1.0\"")
                    .end(part ? "<!--pc:get nobody" : "<!--pc:get nobody.name \"x\"-->!");
        });

        Received whole = page.get("Range", "bytes=0-16");

        assertThat(whole.status()).isEqualTo(200);
        assertThat(whole.text()).isEqualTo("x!");
    }
}
