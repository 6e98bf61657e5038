package io.pagecache.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.http.Body;
import io.pagecache.plan.Pages;
import io.pagecache.plan.ValueSource;
import io.pagecache.plan.ValueSource.Entry.Format;
import io.pagecache.plan.ValueStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code pop}, {@code incr} and {@code decr} make of a page (row T27). */
@Tag("seed:T27")
class MarkerEffectsTest {
    private static final Pages PAGES = new Pages(
            Pages.NONE.markers(),
            List.of(
                    value("user", new ValueSource.Cookie("user")),
                    value("views", new ValueSource.Counter("s", "views")),
                    value("likes", new ValueSource.Counter("s", "likes")),
                    value("flash", new ValueSource.Entry("s", "flash", Format.JSON))),
            List.of(),
            List.of(new ValueStore("s", new ValueStore.Memcached(List.of("h:1")), Duration.ofSeconds(1))),
            Pages.DEADLINE);

    private final PageRenderer renderer = new PageRenderer(ElementTemplates.of(PAGES));

    private static Pages.Value value(String name, ValueSource source) {
        return new Pages.Value(name, source, Duration.ZERO, Duration.ofSeconds(1), null);
    }

    private static Compilation compile(String page) {
        return new PageCompiler(PAGES)
                .compile(Body.wrap(page.getBytes(StandardCharsets.UTF_8)), "text/html; charset=utf-8");
    }

    @Test
    void shouldAddUpCountsOfOnePage() {
        CompiledPage page = compile(
                        "<!--pc:incr views--><!--pc:incr views 10--><!--pc:decr views 3--><!--pc:decr likes--><!--pc:pop flash.text-->")
                .page();

        assertThat(page.effects())
                .containsOnly(
                        Map.entry("views", new Effect.Add(8)),
                        Map.entry("likes", new Effect.Add(-1)),
                        Map.entry("flash", new Effect.Take()));
        assertThat(page.values()).containsExactlyInAnyOrder("views", "likes", "flash");
    }

    @Test
    void shouldDoOnlyWhatTheChosenBranchesSay() {
        CompiledPage page = compile("""
                <!--pc:if user--><!--pc:incr views--><!--pc:unless likes--><!--pc:pop flash--><!--pc:end-->\
                <!--pc:else--><!--pc:incr likes--><!--pc:end-->""").page();

        assertThat(page.effects()).isEmpty();
        assertThat(renderer.choose(page, Map.of("user", PageValue.of("Ann"))).effects())
                .containsOnly(Map.entry("views", new Effect.Add(1)), Map.entry("flash", new Effect.Take()));
        assertThat(renderer.choose(page, Map.of()).effects()).containsOnly(Map.entry("likes", new Effect.Add(1)));
    }

    @Test
    @DisplayName("what counting makes of a value does not change the branches any more")
    void shouldKeepToItsChoice() {
        CompiledPage page = compile("<!--pc:if views-->many<!--pc:else--><!--pc:incr views-->.<!--pc:end-->")
                .page();

        ChosenPage chosen = renderer.choose(page, Map.of("views", PageValue.of(0)));
        RenderedPage rendered = renderer.render(chosen, Map.of("views", PageValue.of(1)));

        assertThat(new String(rendered.parts().getFirst().toArray(), StandardCharsets.UTF_8))
                .isEqualTo("1");
        assertThat(rendered.length()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "<!--pc:incr user-->|1:13: 'user' is no counter, and incr and decr need one; declared: likes, views",
                "<!--pc:pop user \"x\"-->|1:12: 'user' is no entry of a store, and pop needs one; declared: flash",
                "<!--pc:pop views-->|1:12: 'views' is no entry of a store, and pop needs one; declared: flash",
                "<!--pc:incr views 0-->|1:19: '0' is no amount to count by: expected 1 to 999999",
                "<!--pc:incr views 1000000-->|1:19: '1000000' is no amount to count by: expected 1 to 999999",
                "<!--pc:decr views -1-->|1:19: '-1' is no amount to count by: expected 1 to 999999",
                "<!--pc:incr views.x-->|1:18: unexpected '.x' after the command"
            })
    void shouldSayWhatIsWrong(String marker, String problem) {
        Compilation compilation = compile(marker);

        assertThat(compilation.problems()).extracting(MarkerProblem::toString).containsExactly(problem);
        assertThat(compilation.page().effects()).isEmpty();
        assertThat(compilation.page().problems()).isEqualTo(compilation.problems());
    }
}
