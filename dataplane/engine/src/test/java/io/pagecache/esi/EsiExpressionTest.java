package io.pagecache.esi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagecache.http.PageRequest;
import io.pagecache.samples.SampleRequest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EsiExpressionTest {
    private static final PageRequest REQUEST = SampleRequest.get(
            "/page?n=10&word=pear", "Cookie", "group=Advanced; empty=; yes=true; no=false", "Accept-Language", "de");

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "$(HTTP_COOKIE{group})=='Advanced'; true",
                "$(HTTP_COOKIE{group}) == 'Basic'; false",
                "$(HTTP_COOKIE{group})!='Basic'; true",
                "'Advanced'==$(HTTP_COOKIE{group}); true",
                "$(QUERY_STRING{n})>9; true",
                "$(QUERY_STRING{n})>'9'; true",
                "$(QUERY_STRING{n})>=10.0; true",
                "$(QUERY_STRING{n})<=9; false",
                "$(QUERY_STRING{n})<-1; false",
                "$(QUERY_STRING{word})<'plum'; true",
                "$(QUERY_STRING{word})>10; true",
                "$(HTTP_COOKIE{none})==''; false",
                "$(HTTP_COOKIE{empty})!='x'; false",
                "$(HTTP_COOKIE{none}|'x')=='x'; true",
                "$(HTTP_COOKIE{group}); true",
                "$(HTTP_COOKIE{none}); false",
                "$(HTTP_COOKIE{no}); false",
                "!$(HTTP_COOKIE{none}); true",
                "!($(HTTP_COOKIE{group})=='Advanced'); false",
                "$(HTTP_ACCEPT_LANGUAGE{de}); true",
                "$(HTTP_ACCEPT_LANGUAGE{fr})|$(HTTP_COOKIE{yes}); true",
                "true&false; false",
                "true&!false; true",
                "true|false&false; true",
                "(true|false)&false; false",
                "1==1 && 2==2 || 3==4; true",
                "((1==1)) & !(1==2); true",
                "!!true; true"
            })
    void shouldDecide(String expression, boolean expected) throws Exception {
        assertThat(EsiExpressionParser.parse(expression).holds(new EsiVariables(REQUEST)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "==",
                "1==",
                "==1",
                "(1==1",
                "1==1)",
                "1=1",
                "a==b",
                "'a",
                "$(HTTP_COOKIE{a}",
                "$(NOPE)==1",
                "1==1 1==1",
                "true&",
                "|true",
                "1==2==3"
            })
    void shouldRefuseWhatIsNoExpression(String expression) {
        assertThatThrownBy(() -> EsiExpressionParser.parse(expression)).isInstanceOf(EsiReader.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "("})
    void shouldBoundNesting(String opening) {
        assertThatThrownBy(() -> EsiExpressionParser.parse(opening.repeat(5000)))
                .isInstanceOf(EsiReader.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"&", "|"})
    void shouldBoundLength(String operator) {
        assertThatThrownBy(() -> EsiExpressionParser.parse("1==1" + (operator + "1==1").repeat(5000)))
                .isInstanceOf(EsiReader.Malformed.class);
    }
}
