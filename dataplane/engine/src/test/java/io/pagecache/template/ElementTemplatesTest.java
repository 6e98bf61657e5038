package io.pagecache.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.plan.Pages;
import io.pagecache.plan.ValueSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    private static Map<String, PageValue> values() {
        return Map.of(
                "session",
                PageValue.of(Map.of("name", "Ann & Bob", "items", List.of(1, 2, 3), "count", 12, "evil", "<script>")));
    }

    private static ElementTemplates templates(String template) {
        return ElementTemplates.of(new Pages(
                Pages.NONE.markers(),
                List.of(value("session"), value("absent")),
                List.of(new Pages.Element("e", template, "FALLBACK"))));
    }

    private static Pages.Value value(String name) {
        return new Pages.Value(name, new ValueSource.Cookie(name), Duration.ZERO, Duration.ofMillis(100), null);
    }
}
