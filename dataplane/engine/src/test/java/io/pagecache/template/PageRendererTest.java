package io.pagecache.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.http.Body;
import io.pagecache.plan.Pages;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PageRendererTest {
    private static final Pages PAGES = SamplePages.of(
            List.of("user", "session", "unused"),
            new Pages.Element("greeting", "<b>{user}</b>{#if session.admin}!{/if}", "(somebody)"),
            new Pages.Element("broken", "{#for i in user}{i}{/for}", "(fallback)"));

    private final PageRenderer renderer = new PageRenderer(ElementTemplates.of(PAGES));

    @Test
    void shouldJoinStaticPartsWithValues() {
        String html = render(
                "<p><!--pc:get user \"you\"-->: <!--pc:get session.n | number--></p>",
                Map.of("user", PageValue.of("Ann <3"), "session", PageValue.of(Map.of("n", 7))));

        assertThat(html).isEqualTo("<p>Ann &lt;3: 7</p>");
    }

    @Test
    void shouldShowDefaultWhenValueIsMissing() {
        assertThat(render("<!--pc:get user \"you\"-->", Map.of())).isEqualTo("you");
    }

    @Test
    void shouldTakeOneBranch() {
        String page = "<!--pc:if session.admin-->A<!--pc:else-->B<!--pc:end--><!--pc:unless user-->C<!--pc:end-->";

        assertThat(render(page, Map.of("session", PageValue.of(Map.of("admin", true)), "user", PageValue.of("x"))))
                .isEqualTo("A");
        assertThat(render(page, Map.of())).isEqualTo("BC");
    }

    @Test
    void shouldPlaceElements() {
        String html =
                render("<!--pc:element greeting--> <!--pc:element greeting-->", Map.of("user", PageValue.of("<i>")));

        assertThat(html).isEqualTo("<b>&lt;i&gt;</b> <b>&lt;i&gt;</b>");
    }

    @Test
    void shouldShowFallbackOfElementThatFails() {
        assertThat(render("<!--pc:element broken-->", Map.of("user", PageValue.of(1_000_000_000))))
                .isEqualTo("(fallback)");
    }

    @Test
    void shouldNotReadFilledInTextForMarkers() {
        String html = render("<!--pc:element greeting-->", Map.of("user", PageValue.of("<!--pc:get session-->")));

        assertThat(html).isEqualTo("<b>&lt;!--pc:get session--&gt;</b>");
    }

    @Test
    void shouldKnowEveryValueThatAPageMayNeed() {
        CompiledPage page =
                compile("<!--pc:if session-->x<!--pc:end--><!--pc:element greeting-->", StandardCharsets.UTF_8);

        assertThat(renderer.valuesNeeded(page)).containsExactlyInAnyOrder("session", "user");
    }

    @Test
    void shouldShareStaticParts() {
        CompiledPage page = compile("<p><!--pc:get user--></p>", StandardCharsets.UTF_8);

        RenderedPage first = rendered(page, Map.of("user", PageValue.of("a")));
        RenderedPage second = rendered(page, Map.of("user", PageValue.of("bb")));

        assertThat(first.parts().getFirst()).isSameAs(second.parts().getFirst());
        assertThat(second.length()).isEqualTo("<p>bb</p>".length());
    }

    @Test
    void shouldWriteReferencesIntoPageThatIsNotUtf8() {
        Charset latin1 = StandardCharsets.ISO_8859_1;
        CompiledPage page = compile("é <!--pc:get user-->", latin1);

        RenderedPage rendered = rendered(page, Map.of("user", PageValue.of("é€😀")));

        assertThat(joined(rendered, latin1)).isEqualTo("é &#233;&#8364;&#128512;");
    }

    private String render(String page, Map<String, PageValue> values) {
        RenderedPage rendered = rendered(compile(page, StandardCharsets.UTF_8), values);
        String html = joined(rendered, StandardCharsets.UTF_8);
        assertThat(rendered.length()).isEqualTo(html.getBytes(StandardCharsets.UTF_8).length);
        return html;
    }

    private RenderedPage rendered(CompiledPage page, Map<String, PageValue> values) {
        return renderer.render(renderer.choose(page, values), values);
    }

    private static CompiledPage compile(String page, Charset charset) {
        Compilation compilation = new PageCompiler(PAGES)
                .compile(Body.wrap(page.getBytes(charset)), "text/html; charset=" + charset.name());
        assertThat(compilation.problems()).isEmpty();
        return compilation.page();
    }

    private static String joined(RenderedPage page, Charset charset) {
        StringBuilder text = new StringBuilder();
        page.parts().forEach(part -> text.append(new String(part.toArray(), charset)));
        return text.toString();
    }
}
