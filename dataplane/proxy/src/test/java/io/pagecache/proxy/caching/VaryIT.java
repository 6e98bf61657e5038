package io.pagecache.proxy.caching;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("RFC 9111 section 4.1 on the wire: Vary")
class VaryIT extends BareStage {
    private static final String FRESH = "Cache-Control: max-age=3600 || Vary: ";

    @ParameterizedTest(name = "Vary: {0}; {1} then {2}: {3}")
    @DisplayName(
            "4.1: a variant is reused for requests that select it, whatever blanks and case where these mean nothing")
    @CsvSource(delimiter = '^', textBlock = """
            Foo              ^ Foo=1                     ^ Foo=1                     ^ true
            Foo              ^ Foo=1                     ^ Foo=2                     ^ false
            foo              ^ Foo=1                     ^ FOO=1                     ^ true
            Foo              ^ Foo=1                     ^ Bar=1                     ^ false
            Foo              ^ Bar=1                     ^ Foo=1                     ^ false
            Foo              ^ Bar=1                     ^ Baz=1                     ^ true
            Foo              ^ Foo=                      ^ Bar=1                     ^ false
            Foo, Bar         ^ Foo=1;Bar=a               ^ Foo=1;Bar=a               ^ true
            Foo, Bar         ^ Foo=1;Bar=a               ^ Bar=a;Foo=1               ^ true
            Foo, Bar         ^ Foo=1;Bar=a               ^ Foo=1;Bar=b               ^ false
            Foo, Bar         ^ Foo=1                     ^ Foo=1                     ^ true
            Foo, Bar         ^ Foo=1                     ^ Foo=1;Bar=a               ^ false
            Foo, Bar, Baz    ^ Foo=1;Bar=a;Baz=z         ^ Foo=1;Bar=a;Baz=z         ^ true
            Foo, Bar, Baz    ^ Foo=1;Bar=a;Baz=z         ^ Foo=1;Bar=a;Baz=y         ^ false
            Foo, Bar, Baz    ^ Foo=1;Baz=z               ^ Foo=1;Baz=z               ^ true
            Foo              ^ Foo=1, 2                  ^ Foo=1;Foo=2               ^ true
            Accept-Language  ^ Accept-Language=en, de    ^ Accept-Language=eN, De    ^ true
            Accept-Language  ^ Accept-Language=en, de    ^ Accept-Language= en ,  de ^ true
            Accept-Language  ^ Accept-Language=en, de    ^ Accept-Language=fr        ^ false
            Accept           ^ Accept=text/html          ^ Accept=text/plain         ^ false
            """)
    void shouldSelectByTheFieldsInVary(String vary, String first, String second, boolean reused) {
        CachedPage page = new CachedPage(stage).says(FRESH + vary);
        page.get(fields(first));

        assertThat(page.isReused(fields(second))).isEqualTo(reused);
    }

    @Test
    @DisplayName("4.1: members of different weight have no order; those of equal weight keep theirs")
    void shouldNotCareForTheOrderOfWeights() {
        CachedPage page = new CachedPage(stage).says(FRESH + "Accept-Language");
        page.get("Accept-Language", "de, en;q=0.8, fr;q=0.5");

        assertThat(page.isReused("Accept-Language", "fr; q=0.50, DE,en;q=0.8")).isTrue();
        assertThat(page.isReused("Accept-Language", "de, fr;q=0.8, en;q=0.5")).isFalse();
        assertThat(page.isReused("Accept-Language", "en, de;q=0.8, fr;q=0.5")).isFalse();
    }

    private static String[] fields(String text) {
        return java.util.Arrays.stream(text.split(";"))
                .flatMap(field -> java.util.Arrays.stream(field.split("=", 2)))
                .toArray(String[]::new);
    }

    @Test
    @DisplayName("4.1: another variant does not push the first one out")
    void shouldKeepSeveralVariants() {
        CachedPage page = new CachedPage(stage).says(FRESH + "Foo");
        page.get("Foo", "1");
        page.get("Foo", "2");

        assertThat(page.get("Foo", "1").text()).isEqualTo("#1");
        assertThat(page.get("Foo", "2").text()).isEqualTo("#2");
        assertThat(page.get("Foo", "2").header("Vary")).contains("Foo");
    }

    @Test
    @DisplayName("4.1: a variant is validated with its own validator, and never with another's")
    void shouldValidateEachVariantByItself() {
        CachedPage page = new CachedPage(stage).says("Cache-Control: max-age=2 || Vary: Foo || ETag: \"one\"");
        page.get("Foo", "1");

        page.after(3).get("Foo", "2");
        assertThat(page.lastSeen().header("If-None-Match")).isNull();
        page.after(3).confirms().get("Foo", "1");
        assertThat(page.lastSeen().header("If-None-Match")).isEqualTo("\"one\"");
        assertThat(page.lastSeen().header("Foo")).isEqualTo("1");
    }
}
