package io.pagecache.wiki.article;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkupRendererTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "plain text,<p>plain text</p>",
                "== Tides ==,<h2>Tides</h2>",
                "* one,<ul><li>one</li></ul>",
                "a '''bold''' word,<p>a <strong>bold</strong> word</p>",
                "'''open,<p><strong>open</strong></p>",
                "see [[Fog Signals]],<p>see <a href=\"/wiki/Fog_Signals\">Fog Signals</a></p>",
                "[[a/b]],<p>[[a/b]]</p>",
                "[[open,<p>[[open</p>",
                "=====,<h2>=</h2>",
                "<i> & \"x\",<p>&lt;i&gt; &amp; &quot;x&quot;</p>",
            })
    void shouldRenderMarkup(String typed, String html) {
        assertThat(MarkupRenderer.toHtml(typed)).isEqualTo(html);
    }

    @Test
    void shouldJoinLinesToBlocks() {
        String html = MarkupRenderer.toHtml("one\ntwo\n\n== A ==\n== B ==\n* x\n* y\nafter");

        assertThat(html).isEqualTo("<p>one\ntwo</p><h2>A</h2><h2>B</h2><ul><li>x</li><li>y</li></ul><p>after</p>");
    }

    @Test
    void shouldRenderNothingAsNothing() {
        assertThat(MarkupRenderer.toHtml("")).isEmpty();
    }
}
