package io.pagecache.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateStructureTest {
    private final TemplateStructure structure = new TemplateStructure();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain text",
                "{#if session.name}Hello {session.name}{#else}<a href='/login'>Log in</a>{/if}",
                "{#if a}1{#else if b}2{#else}3{/if}",
                "{#for item in items}{item.name}{#else}none{/for}",
                "{#let name=session.name}{name}{/let}",
                "{#let name=session.name /}{name}",
                "{user ?: 'you'} {user.raw}",
                "{user ?: '}'}",
                "{! a comment with {braces} !}",
                "body { color: red } function() { return 1 }",
                "\\{not an expression}",
                "{#if a}{#if b}x{/}{/}",
                "ends with {",
            })
    void shouldAcceptTheSubset(String template) {
        assertThat(structure.problemOf(template)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{#include base}x{/include}   | at 1:1 of the template, {#include} is not supported",
                "{#eval x /}                  | {#eval} is not supported: expected if, for, each, let or set",
                "hello {#if a}x               | at 1:7 of the template, {#if} is not closed: expected {/if}",
                "{#if a}x{/for}               | at 1:9 of the template, {/for} cannot close {#if}",
                "x{/if}                       | at 1:2 of the template, {/if} closes nothing",
                "x{#else}                     | {#else} stands outside of {#if} and {#for}",
                "{#if a /}                    | {#if} has no content",
                "{inject:bean.name}           | the namespace 'inject' is not supported",
                "{config:'secret'}            | the namespace 'config' is not supported",
                "{user                        | at 1:1 of the template, this brace is not closed",
                "{! never closed              | this comment is not closed",
                "{@java.lang.String x}        | is not supported: expected an expression or a section",
            })
    void shouldSayWhereAndWhatIsWrong(String template, String problem) {
        assertThat(structure.problemOf(template))
                .hasValueSatisfying(message -> assertThat(message).contains(problem));
    }

    @ParameterizedTest
    @ValueSource(ints = {TemplateStructure.MOST_NESTING + 1, 1000})
    void shouldBoundNesting(int depth) {
        assertThat(structure.problemOf("{#if a}".repeat(depth) + "{/if}".repeat(depth)))
                .isPresent();
    }
}
