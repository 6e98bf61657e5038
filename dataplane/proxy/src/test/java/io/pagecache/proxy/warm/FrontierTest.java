package io.pagecache.proxy.warm;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.plan.WarmUpOrder;
import io.pagecache.plan.WarmUpOrder.Variant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("seed:W38")
class FrontierTest {
    private static final Variant GERMAN = new Variant(List.of(new Variant.Field("Accept-Language", "de")));

    private static Frontier frontier(int most, Variant... variants) {
        return new Frontier(new WarmUpOrder(
                "w1", "http://a.test", List.of(), null, null, List.of("/search", "/x/"), List.of(variants), 10, most));
    }

    private static List<String> drain(Frontier frontier) {
        List<String> targets = new ArrayList<>();
        for (Frontier.Page page = frontier.next(); page != null; page = frontier.next()) {
            targets.add(page.target());
        }
        return targets;
    }

    @Test
    void shouldHandOutEachPageOnce() {
        Frontier frontier = frontier(10, Variant.PLAIN);

        frontier.offer("/a", 0);
        frontier.offer("/a", 3);
        frontier.offer("/b", 0);

        assertThat(drain(frontier)).containsExactly("/a", "/b");
    }

    @Test
    @DisplayName("W38 Sections left out are left out with all that is below them")
    void shouldLeaveOutWhatIsExcluded() {
        Frontier frontier = frontier(10, Variant.PLAIN);

        for (String target : List.of("/search", "/search?q=1", "/search/a", "/searching", "/x", "/x/y")) {
            frontier.offer(target, 0);
        }

        assertThat(drain(frontier)).containsExactly("/searching");
    }

    @Test
    void shouldFetchEachVariantAndFollowTheLinksOfOne() {
        Frontier frontier = frontier(10, Variant.PLAIN, GERMAN);

        frontier.offer("/a", 2);

        assertThat(frontier.next()).isEqualTo(new Frontier.Page("/a", Variant.PLAIN, 2));
        assertThat(frontier.next()).isEqualTo(new Frontier.Page("/a", GERMAN, 0));
        assertThat(frontier.total()).isEqualTo(2);
    }

    @Test
    void shouldStopAtTheMostPagesAndSaySo() {
        Frontier frontier = frontier(3, Variant.PLAIN);

        for (int i = 0; i < 5; i++) {
            frontier.offer("/" + i, 0);
        }

        assertThat(drain(frontier)).hasSize(3);
        assertThat(frontier.isFull()).isTrue();
    }

    @Test
    void shouldAskTheRulesOfTheSite() {
        Frontier frontier = frontier(10, Variant.PLAIN);
        frontier.allow(target -> !target.startsWith("/private"));

        frontier.offer("/private/a", 0);
        frontier.offer("/public", 0);

        assertThat(drain(frontier)).containsExactly("/public");
    }
}
