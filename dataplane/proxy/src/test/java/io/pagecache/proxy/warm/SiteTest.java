package io.pagecache.proxy.warm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiteTest {
    private final Site site = Site.of("https://WWW.Example.com:443");

    @ParameterizedTest
    @CsvSource({
        "/a,                              /a",
        "b,                               /news/b",
        "../c,                            /c",
        "?page=2,                         /news/?page=2",
        "https://www.example.com,         /",
        "https://www.example.com:443/d?x, /d?x",
        "//www.example.com/e#part,        /e",
        "two words,                       /news/two%20words",
    })
    void shouldFollowALinkOnTheSameSite(String link, String target) {
        assertThat(site.targetOf(link, "/news/index.html")).isEqualTo(target);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://www.example.com/a",
                "https://example.com/a",
                "https://www.example.com.evil.test/",
                "https://user@www.example.com/",
                "https://www.example.com@169.254.169.254/",
                "https://www.example.com:8443/a",
                "file:///etc/passwd",
                "javascript:alert(1)",
                "mailto:a@example.com",
                "http://[broken",
                "/umlaut-\u00e4",
                "/line\r\nbreak"
            })
    void shouldNotLeaveTheSite(String link) {
        assertThat(site.targetOf(link, "/")).isNull();
    }

    @Test
    void shouldNotFollowAnEndlessLink() {
        assertThat(site.targetOf("/" + "a".repeat(3_000), "/")).isNull();
    }
}
