package io.pagecache.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.plan.Behaviour.QueryKey.Mode;
import io.pagecache.samples.SampleRequest;
import io.pagecache.samples.SampleRule;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("seed:T10")
@Tag("seed:T25")
class KeyBuilderTest {
    private final SampleRule rule = SampleRule.rule();

    @ParameterizedTest(name = "{0} [{1}]: {2} → {3}")
    @DisplayName("HARDENING E2, E8: the target that is keyed is the target that is forwarded")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        ALL    | -     | /p?b=2&a=1                | /p?b=2&a=1
        ALL    | -     | /p?                       | /p?
        ALL    | -     | /p                        | /p
        IGNORE | -     | /p?a=1                    | /p
        ONLY   | a     | /p?b=2&a=1&c              | /p?a=1
        ONLY   | a     | /p?a=1&a=2                | /p?a=1&a=2
        ONLY   | a     | /p?a                      | /p?a
        ONLY   | a     | /p?b=2                    | /p
        ONLY   | a     | /p?a=1;b=2                | /p?a=1;b=2
        ONLY   | a     | /p?aa=1&%61=2&A=3         | /p
        EXCEPT | utm   | /p?utm=x&a=1              | /p?a=1
        EXCEPT | utm   | /p?utm=x;a=1              | /p
        EXCEPT | utm   | /p?a=1%26utm=x            | /p?a=1%26utm=x
        EXCEPT | utm   | /p?utm=1&utm=2            | /p
        EXCEPT | utm   | /p?&&a=1&&                | /p?a=1
        EXCEPT | utm   | /p?%75tm=x                | /p?%75tm=x
        EXCEPT | utm   | /p?=x                     | /p?=x
        """)
    void shouldApplyQueryPolicy(Mode mode, String name, String target, String expected) {
        rule.query(mode, name == null ? new String[0] : new String[] {name});

        assertThat(key(target).base().target()).isEqualTo(expected);
    }

    @ParameterizedTest
    @DisplayName("HARDENING E9: paths are keyed as sent")
    @ValueSource(strings = {"//a", "/./a", "/a/..%2fb", "/%2e%2e/b", "/a;x", "/a%00", "/a%23", "/a\\b", "/%41"})
    void shouldNotNormalisePaths(String path) {
        assertThat(key(path).base().target()).isEqualTo(path);
    }

    @Test
    @DisplayName("RFC 9111 section 2: scheme, host, path and query tell pages apart; GET and HEAD share one")
    void shouldTellUrlsApart() {
        assertThat(key("/a")).isNotEqualTo(key("/b"));
        assertThat(key("/a")).isNotEqualTo(key("/a?"));
        assertThat(new KeyBuilder().keyFor(SampleRequest.request("/a").host("b").build(), rule.build()))
                .isNotEqualTo(key("/a"));
        assertThat(new KeyBuilder()
                        .keyFor(SampleRequest.request("/a").method("HEAD").build(), rule.build()))
                .isEqualTo(key("/a"));
    }

    @Test
    @DisplayName("seed T10, T23, T25: declared headers, cookies and languages join the key")
    void shouldJoinDeclaredParts() {
        rule.keyHeaders("x-device").keyCookies("group").languages("en", "de");

        CacheKey key = key("/", "X-Device", "phone", "Cookie", "group=b; sid=1", "Accept-Language", "de-AT, fr");

        assertThat(key.declared()).isEqualTo("[header x-device=5:phone][cookie group=1:b][language=2:de]");
        assertThat(key)
                .hasToString("http://www.example.com/ [header x-device=5:phone][cookie group=1:b][language=2:de]");
    }

    @Test
    @DisplayName("HARDENING E3: a missing value is not an empty one, and no value can pass for two")
    void shouldBeUnambiguous() {
        rule.keyHeaders("a", "b");

        assertThat(key("/").declared()).isEqualTo("[header a=-][header b=-]");
        assertThat(key("/", "A", "").declared()).isEqualTo("[header a=0:][header b=-]");
        assertThat(key("/", "A", "x][header b=1:y")).isNotEqualTo(key("/", "A", "x", "B", "y"));
        assertThat(key("/", "A", "-")).isNotEqualTo(key("/"));
    }

    @Test
    @DisplayName("what is not declared is not in the key")
    void shouldLeaveOutWhatIsNotDeclared() {
        assertThat(key("/", "Cookie", "a=1", "Accept-Language", "de", "X-Forwarded-Host", "evil"))
                .isEqualTo(key("/"));
    }

    private CacheKey key(String target, String... headers) {
        return new KeyBuilder().keyFor(SampleRequest.get(target, headers), rule.build());
    }
}
