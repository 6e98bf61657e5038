package io.pagecache.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("No-Vary-Search (draft-ietf-httpbis-no-vary-search)")
class NoVarySearchTest {

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @DisplayName("queries that mean the same become one; what is left stays as it was written")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            params                          | a=1&b=2           | -
            params, except=("a")            | b=2&a=1&c         | a=1
            params, except=()               | a=1               | -
            params=("utm" "x")              | utm=1&a=2&x&b     | a=2&b
            params=("utm")                  | a=2&utm           | a=2
            params=("a b")                  | a+b=1&a%20b=2&c=1 | c=1
            params=("%61")                  | a=1&b=2           | b=2
            params=("a")                    | %61=1&b=2         | b=2
            key-order                       | b=1&a=2&b=0       | a=2&b=1&b=0
            key-order, params=("x")         | b=1&x&a=%zz       | a=%zz&b=1
            params=("utm")                  | -                 | -
            params=("utm")                  | a==1&&=2          | a==1&=2
            """)
    void shouldMakeOneQueryOfThoseThatMeanTheSame(String field, String query, String expected) {
        assertThat(NoVarySearch.of(Headers.of("No-Vary-Search", field)).apply(query))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @DisplayName("what is malformed, or says that every parameter counts, says nothing")
    @ValueSource(
            strings = {
                "",
                "params=?0",
                "params=()",
                "key-order=?0",
                "key-order=1",
                "params=a",
                "params=(a)",
                "except=(\"a\")",
                "params=(\"a\"), except=(\"b\")",
                "params, except=\"a\"",
                "PARAMS",
                "params,",
                "params=(\"a\""
            })
    void shouldIgnoreWhatIsMalformed(String field) {
        assertThat(NoVarySearch.of(Headers.of("No-Vary-Search", field))).isNull();
    }

    @Test
    void shouldBeBounded() {
        String names = "\"a\" ".repeat(NoVarySearch.MOST_NAMES + 1).strip();

        assertThat(NoVarySearch.of(Headers.of("No-Vary-Search", "params=(" + names + ")")))
                .isNull();
        assertThat(NoVarySearch.of(Headers.EMPTY)).isNull();
    }
}
