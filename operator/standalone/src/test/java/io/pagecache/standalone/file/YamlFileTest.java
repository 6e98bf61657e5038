package io.pagecache.standalone.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlFileTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "text     | \"text\"",
                "60s      | \"60s\"",
                "60       | 60",
                "0x10     | 16",
                "1.5      | 1.5",
                "true     | true",
                "On       | true",
                "off      | false",
                "'On'     | \"On\"",
                "\"60\"   | \"60\"",
                "~        | null",
                ".inf     | \".inf\"",
                "[1, {a: b}] | [1,{\"a\":\"b\"}]",
            })
    void shouldReadScalarsAsKubectlDoes(String yaml, String json) throws Exception {
        assertThat(root(yaml).toString())
                .isEqualTo(new ObjectMapper().readTree(json).toString());
    }

    @Test
    void shouldKnowWhereEachFieldStands() {
        YamlDocument document = document("""
                spec:
                  rules:
                    - name: a
                    - { name: b }
                """);

        assertThat(document.positionOf("spec.rules[1].name")).isEqualTo(new Position(4, 9));
        assertThat(document.positionOf("spec.rules[1].match.path")).isEqualTo(new Position(4, 7));
        assertThat(document.positionOf("spec.origin")).isEqualTo(new Position(1, 1));
        assertThat(document.positionOf("nothing.here")).isEqualTo(new Position(1, 1));
    }

    @Test
    void shouldRefuseWhatAliasesBlowUp() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 8; i++) {
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9) + "*a" + (i - 1)));
        }

        assertThat(YamlFile.of(bomb.toString())).isInstanceOf(YamlFile.Unreadable.class);
    }

    private static JsonNode root(String yaml) {
        return document(yaml).root();
    }

    private static YamlDocument document(String yaml) {
        return ((YamlFile.Readable) YamlFile.of(yaml)).documents().getFirst();
    }
}
