package io.pagecache.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.plan.Pages;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ElementTemplatesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            Hello {session.name}                                          ¦ Hello Ann &amp; Bob
            {#if session.name}Hi {session.name}{#else}Log in{/if}         ¦ Hi Ann &amp; Bob
            {#if session.nobody}Hi{#else}Log in{/if}                      ¦ Log in
            {#if absent}Hi{#else}Log in{/if}                              ¦ Log in
            [{session.nobody}]                                            ¦ []
            [{absent}]                                                    ¦ []
            [{absent.deeper.still}]                                       ¦ []
            {session.nobody.or('friend')}                                 ¦ friend
            {session.nobody ?: 'friend'}                                  ¦ friend
            {session.name.raw}                                            ¦ Ann & Bob
            {#for item in session.items}{item}{#if item_hasNext},{/if}{/for} ¦ 1,2,3
            {#let n=session.name}{n}{/let}                                ¦ Ann &amp; Bob
            {#if session.count > 3}many{#else}few{/if}                    ¦ many
            {session.count}                                               ¦ 12
            """)
    void shouldRender(String template, String expected) {
        ElementTemplates templates = templates(template);

        String html = templates.render("e", values());

        assertThat(templates.problems()).isEmpty();
        assertThat(html).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            {#include other}{/include}                         ¦ 1 ¦ include
            {#eval session.name /}                             ¦ 1 ¦ eval
            {#insert /}                                        ¦ 1 ¦ insert
            {#fragment id=x}{/fragment}                        ¦ 1 ¦ fragment
            {config:secret}                                    ¦ 1 ¦ namespace 'config:'
            {inject:bean.name}                                 ¦ 1 ¦ namespace 'inject:'
            {#if session.name}{str:eval('x')}{/if}             ¦ 1 ¦ namespace 'str:'
            {#for i in 1000000000}{i}{/for}                    ¦ 1 ¦ numbers may only be compared
            {#for i in session.x.or(1000000000)}{i}{/for}      ¦ 1 ¦ numbers may only be compared
            {#for i in (session.x ?: 1000000000)}{i}{/for}     ¦ 1 ¦ numbers may only be compared
            {#let n=1000000000}{#for i in n}{i}{/for}{/let}    ¦ 1 ¦ numbers may only be compared
            {#each 1000000000}{it}{/each}                      ¦ 1 ¦ numbers may only be compared
            {nobody.name}                                      ¦ 1 ¦ no value 'nobody' in the policy; declared: absent, session
            {session.name.or(nobody)}                          ¦ 1 ¦ no value 'nobody'
            {#if session.name}open                             ¦ 1 ¦ if
            {session.name                                      ¦ 1 ¦ unterminated
            """)
    void shouldRefuseAndShowFallback(String template, int line, String message) {
        ElementTemplates templates = templates(template);

        assertThat(templates.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.element()).isEqualTo("e");
            assertThat(problem.line()).isEqualTo(line);
            assertThat(problem.message()).containsIgnoringCase(message);
        });
        assertThat(templates.render("e", values())).isEqualTo("FALLBACK");
        assertThat(templates.valuesOf("e")).isEmpty();
    }

    @Test
    void shouldSayWhere() {
        TemplateProblem problem =
                templates("line one\nline two {nobody}").problems().getFirst();

        assertThat(problem.line()).isEqualTo(2);
        assertThat(problem.column()).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"getClass", "class", "class.name", "getClass().getName()", "toString()", "hashCode"})
    void shouldNotReachIntoJava(String member) {
        for (String value : List.of("session", "session.name", "session.items", "session.count", "this")) {
            assertThat(templates("[{" + value + "." + member + "}]").render("e", values()))
                    .isIn("[]", "FALLBACK");
        }
    }

    @Test
    void shouldBoundSizeAndNesting() {
        assertThat(templates("x".repeat(TemplateInspection.MAX_SIZE + 1)).problems())
                .hasSize(1);
        assertThat(templates(nested("{#if session}", "{/if}", TemplateInspection.MAX_NESTING))
                        .problems())
                .isEmpty();
        assertThat(templates(nested("{#if session}", "{/if}", TemplateInspection.MAX_NESTING + 1))
                        .problems())
                .hasSize(1);
        assertThat(templates(nested("{#for i in session.items}", "{/for}", 2)).problems())
                .isEmpty();
        assertThat(templates(nested("{#for i in session.items}", "{/for}", 3)).problems())
                .hasSize(1);
        assertThat(templates("{#if " + "(".repeat(5000) + "session" + ")".repeat(5000) + "}x{/if}")
                        .problems())
                .hasSize(1);
    }

    @Test
    void shouldNotCountUpToANumber() {
        Map<String, PageValue> huge = Map.of("session", PageValue.of(Map.of("n", 2_000_000_000)));

        assertThat(templates("{#for i in session.n}x{/for}").render("e", huge)).isEqualTo("FALLBACK");
    }

    @Test
    void shouldBoundOutput() {
        Map<String, PageValue> large = Map.of(
                "session", PageValue.of(Map.of("items", Collections.nCopies(PageValue.MAX_ITEMS, "x".repeat(10_000)))));

        assertThat(templates("{#for i in session.items}{i}{/for}").render("e", large))
                .isEqualTo("FALLBACK");
    }

    @Test
    void shouldKnowItsValues() {
        ElementTemplates templates = templates("{#for i in session.items}{i}{#if absent}{/if}{/for}");

        assertThat(templates.valuesOf("e")).containsExactlyInAnyOrder("session", "absent");
        assertThat(templates.valuesOf("other")).isEmpty();
        assertThat(templates.render("other", values())).isEmpty();
    }

    private static String nested(String open, String close, int levels) {
        return open.repeat(levels) + "x" + close.repeat(levels);
    }

    private static Map<String, PageValue> values() {
        return Map.of(
                "session", PageValue.of(Map.of("name", "Ann & Bob", "items", List.of("1", "2", "3"), "count", 12)));
    }

    private static ElementTemplates templates(String template) {
        return ElementTemplates.of(
                SamplePages.of(List.of("session", "absent"), new Pages.Element("e", template, "FALLBACK")));
    }
}
