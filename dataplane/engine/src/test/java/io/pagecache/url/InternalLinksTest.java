package io.pagecache.url;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.http.Headers;
import io.pagecache.plan.Urls;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("seed:W48")
class InternalLinksTest {
    private static final String BASE = "https://www.example.com";
    private static final InternalLinks LINKS = new InternalLinks(
            new Urls(Urls.TrailingSlash.KEEP, false, Urls.InternalLinks.PAGES, List.of("shop", "intranet:81")),
            "Shop.web.svc:8080");

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName("W48: readers see no name that only the cluster knows")
    @CsvSource(
            delimiter = '|',
            value = {
                "Location | http://shop.web.svc:8080/a?b=http://shop/ | https://www.example.com/a?b=http://shop/",
                "Location | HTTPS://SHOP.web.svc:8080 | https://www.example.com",
                "Location | //shop/a | https://www.example.com/a",
                "Location | /a | /a",
                "Location | http://shop:8080/a | http://shop:8080/a",
                "Location | http://shopping/a | http://shopping/a",
                "Location | http://shop.example/a | http://shop.example/a",
                "Location | http://shop@evil/ | http://shop@evil/",
                "Content-Location | http://intranet:81/x | https://www.example.com/x",
                "Refresh | 5; url=http://shop/next | 5; url=https://www.example.com/next",
                "Link | <http://shop/a>; rel=next, <//shop/b>; rel=prev | "
                        + "<https://www.example.com/a>; rel=next, <https://www.example.com/b>; rel=prev",
                "X-Other | http://shop/a | http://shop/a"
            })
    void shouldReplaceInFields(String name, String value, String expected) {
        Headers fields = LINKS.fields(Headers.of(name, value), BASE);

        assertThat(fields.first(name)).isEqualTo(expected);
    }

    @Test
    void shouldLeaveFieldsWithoutSuchLinksAlone() {
        Headers fields = Headers.of("Location", "/a");

        assertThat(LINKS.fields(fields, BASE)).isSameAs(fields);
    }

    @ParameterizedTest(name = "in pieces of {0}")
    @ValueSource(ints = {1, 2, 3, 7, 16, 40, 1000})
    @DisplayName("W48: in pages, wherever the pieces end that they come in")
    void shouldReplaceInTextThatComesInPieces(int size) {
        String text = "<a href='http://shop.web.svc:8080/a'>http://shop</a> // no link, https:// neither"
                + " <img src=//shop/b><script>u='https:\\/\\/shop';v=\"http://shop.example\"</script>http://intranet:81";
        LinksInText links = new LinksInText(LINKS, BASE);

        StringBuilder made = new StringBuilder();
        for (int at = 0; at < text.length(); at += size) {
            made.append(links.next(text.substring(at, Math.min(text.length(), at + size))));
        }
        made.append(links.end());

        assertThat(made.toString())
                .isEqualTo(
                        "<a href='https://www.example.com/a'>https://www.example.com</a> // no link, https:// neither"
                                + " <img src=https://www.example.com/b><script>u='https:\\/\\/shop';v=\"http://shop.example\"</script>"
                                + BASE);
    }
}
