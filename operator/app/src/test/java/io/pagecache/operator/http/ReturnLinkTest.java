package io.pagecache.operator.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("seed:W22")
class ReturnLinkTest {
    private static final List<String> HOSTS = List.of("www.example.com");

    @ParameterizedTest
    @ValueSource(strings = {"/", "/news?page=2#top", "https://www.example.com/news", "http://WWW.example.com:8080/"})
    void shouldLeadBackToTheSite(String link) {
        assertThat(ReturnLink.problemOf(link, HOSTS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example/",
                "/\\evil.example/",
                "\\/evil.example",
                "https://evil.example/",
                "https://www.example.com@evil.example/",
                "https://www.example.com.evil.example/",
                "https://www.example.com\\@evil.example/",
                "https:evil.example",
                "javascript:alert(1)",
                "data:text/html,x",
                "news",
                "",
                " /news",
                "/news\r\nSet-Cookie: a=b",
                "/n\u00fc"
            })
    @DisplayName("W22: no return link leads to another site, nor breaks out of its header")
    void shouldLeadNobodyAstray(String link) {
        assertThat(ReturnLink.problemOf(link, HOSTS)).isPresent();
    }
}
