package io.pagecache.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("seed:T29")
class OutputFilterTest {
    private static final String EVERY_ASCII = everyAscii();

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            HTML   ¦ <script>alert(1)</script>   ¦ &lt;script&gt;alert(1)&lt;/script&gt;
            HTML   ¦ " onmouseover="x            ¦ &#34; onmouseover=&#34;x
            HTML   ¦ ' onmouseover='x            ¦ &#39; onmouseover=&#39;x
            HTML   ¦ &lt;                        ¦ &amp;lt;
            HTML   ¦ --><!--pc:get x-->          ¦ --&gt;&lt;!--pc:get x--&gt;
            JS     ¦ ";alert(1)//                ¦ \\u0022\\u003Balert\\u00281\\u0029\\u002F\\u002F
            JS     ¦ '+x+'                       ¦ \\u0027\\u002Bx\\u002B\\u0027
            JS     ¦ </script>                   ¦ \\u003C\\u002Fscript\\u003E
            JS     ¦ \\                          ¦ \\u005C
            JS     ¦ ${x}`                       ¦ \\u0024\\u007Bx\\u007D\\u0060
            JS     ¦ é€                          ¦ \\u00E9\\u20AC
            URL    ¦ a b/c?d=e&f#g               ¦ a%20b%2Fc%3Fd%3De%26f%23g
            URL    ¦ javascript:alert(1)         ¦ javascript%3Aalert%281%29
            URL    ¦ é%00                        ¦ %C3%A9%2500
            URL    ¦ a-b._~                      ¦ a-b._~
            JSON   ¦ </script><!--               ¦ "\\u003C\\u002Fscript\\u003E\\u003C!--"
            JSON   ¦ "\\                         ¦ "\\u0022\\u005C"
            NUMBER ¦ 12                          ¦ 12
            NUMBER ¦ -1.50                       ¦ -1.50
            NUMBER ¦ 1e3                         ¦ 1000
            NUMBER ¦ 1;alert(1)                  ¦ 0
            NUMBER ¦ NaN                         ¦ 0
            NUMBER ¦ 1e999999999                 ¦ 0
            NUMBER ¦ ١                           ¦ 1
            """)
    void shouldMakeTextSafe(OutputFilter filter, String text, String expected) {
        assertThat(filter.apply(PageValue.of(text), null)).isEqualTo(expected);
    }

    @Test
    @DisplayName("html: no character survives that can open a tag or close a quoted attribute")
    void shouldLeaveNoMarkupInHtml() {
        assertThat(OutputFilter.HTML.apply(PageValue.of(EVERY_ASCII), null))
                .doesNotContain("<", ">", "\"", "'", "`", "\0");
    }

    @Test
    @DisplayName("js: nothing but letters, digits, four harmless signs and escapes")
    void shouldLeaveNothingActiveInJs() {
        assertThat(OutputFilter.JS.apply(PageValue.of(EVERY_ASCII + "\u2028\u2029\ud83d\ude00"), null))
                .matches("([A-Za-z0-9 _.,]|\\\\u[0-9A-F]{4})*");
    }

    @Test
    @DisplayName("url: only unreserved characters and percent escapes (RFC 3986 section 2.3)")
    void shouldLeaveOnlyUnreservedInUrl() {
        assertThat(OutputFilter.URL.apply(PageValue.of(EVERY_ASCII), null)).matches("([A-Za-z0-9._~-]|%[0-9A-F]{2})*");
    }

    @Test
    @DisplayName("json: nothing that could end a script or start a comment, in keys neither")
    void shouldLeaveNothingActiveInJson() {
        String json = OutputFilter.JSON.apply(PageValue.of(Map.of(EVERY_ASCII, List.of(EVERY_ASCII, "\u2028"))), null);

        assertThat(json)
                .doesNotContain("<", ">", "&", "'", "`", "/", "\n", "\0")
                .matches("[ -~]*");
    }

    @Test
    void shouldWriteTreesAsJson() {
        Map<String, Object> tree = new TreeMap<>(Map.of("a", List.of(1, 2.5, true), "b", Map.of(), "c", "x"));

        assertThat(OutputFilter.JSON.apply(PageValue.of(tree), null))
                .isEqualTo("{\"a\":[1,2.5,true],\"b\":{},\"c\":\"x\"}");
        assertThat(OutputFilter.JSON.apply(PageValue.MISSING, null)).isEqualTo("null");
        assertThat(OutputFilter.JSON.apply(PageValue.MISSING, "x")).isEqualTo("\"x\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTML", "JS", "URL"})
    void shouldFilterFallbackLikeAnyText(String filter) {
        OutputFilter output = OutputFilter.valueOf(filter);

        assertThat(output.apply(PageValue.MISSING, "<\"'>")).isEqualTo(output.apply(PageValue.of("<\"'>"), null));
        assertThat(output.apply(PageValue.MISSING, null)).isEmpty();
        assertThat(output.apply(PageValue.of(List.of("a list has no text")), "-"))
                .isEqualTo(output.apply(PageValue.of("-"), null));
    }

    @Test
    void shouldFallBackToNumber() {
        assertThat(OutputFilter.NUMBER.apply(PageValue.of("x"), "7")).isEqualTo("7");
        assertThat(OutputFilter.NUMBER.apply(PageValue.MISSING, "alert(1)")).isEqualTo("0");
    }

    private static String everyAscii() {
        StringBuilder text = new StringBuilder();
        for (char c = 0; c < 128; c++) {
            text.append(c);
        }
        return text.toString();
    }
}
