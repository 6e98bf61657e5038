package io.pagecache.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateValuesTest {
    private static final Set<String> DECLARED = Set.of("user", "session");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "Hello {usr}!|at 1:7 of the template, 'usr' is no value of the policy: declared session, user",
                "{#if user}{name.first}{/if}|at 1:11 of the template, 'name' is no value of the policy: declared session, user",
                "{#for i in session.items}{j}{/for}|at 1:26 of the template, 'j' is no value of the policy: declared session, user",
            })
    void shouldSayWhichNameIsUnknown(String template, String problem) {
        assertThat(TemplateValues.problemOf(template, DECLARED)).contains(problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{user} {session.name} {user ?: 'x'}",
                "{#for item in session.items}{item_count}: {item.name}{#else}none{/for}",
                "{#each session.items}{it} {it_index}{/each}",
                "{#let a=user b=session.name}{a} {b}{/let}",
                "{#set x=user}{x}{/set}",
                "{! {nothing} !}{'text'} \\{nothing} { nothing }",
                "{#if user}{user}{#else if session.name}{session.name}{#else}-{/if}"
            })
    void shouldAcceptWhatIsDeclaredOrGiven(String template) {
        assertThat(TemplateValues.problemOf(template, DECLARED)).isEmpty();
    }
}
