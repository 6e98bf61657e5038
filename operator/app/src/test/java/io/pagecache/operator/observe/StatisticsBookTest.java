package io.pagecache.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.api.v1alpha1.PageCachePolicyStatus.Stats;
import io.pagecache.api.v1alpha1.PageCachePolicyStatus.Uncacheable;
import io.pagecache.plan.ProxyStats;
import io.pagecache.plan.ProxyStats.VariantLimit;
import io.pagecache.plan.VisitorSketch;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("seed:T17")
@Tag("seed:W23")
@Tag("seed:W77")
class StatisticsBookTest {
    private static final Instant MORNING = Instant.parse("2026-11-22T08:00:00Z");
    private static final VisitorSketch VISITORS = twoVisitors();
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void shouldSumOverProxies() {
        StatisticsBook book = new StatisticsBook(null);

        book.record(Set.of("a", "b"), Map.of("a", counted(MORNING, 100), "b", counted(NOON, 300)));

        Stats sum = book.sum();
        assertThat(sum.requests()).isEqualTo(400);
        assertThat(sum.hitRatio()).isEqualTo("90.0%");
        assertThat(sum.originOffload()).isEqualTo("90.0%");
        assertThat(sum.objects()).isEqualTo(10);
        assertThat(sum.since()).isEqualTo("2026-11-22T08:00:00Z");
    }

    @Test
    void shouldKeepAReplacedProxyInTheCountersButNotInTheStore() {
        StatisticsBook book = new StatisticsBook(null);
        book.record(Set.of("a", "b"), Map.of("a", counted(MORNING, 100), "b", counted(MORNING, 300)));

        book.record(Set.of("b", "c"), Map.of("b", counted(MORNING, 310), "c", counted(NOON, 10)));

        assertThat(book.sum().requests()).isEqualTo(420);
        assertThat(book.sum().objects()).isEqualTo(10);
    }

    @Test
    void shouldKeepARestartedProcessInTheCounters() {
        StatisticsBook book = new StatisticsBook(null);
        book.record(Set.of("a"), Map.of("a", counted(MORNING, 100)));

        book.record(Set.of("a"), Map.of("a", counted(NOON, 10)));

        assertThat(book.sum().requests()).isEqualTo(110);
    }

    @Test
    void shouldKeepTheLastAnswerOfAProxyThatIsSilent() {
        StatisticsBook book = new StatisticsBook(null);
        book.record(Set.of("a"), Map.of("a", counted(MORNING, 100)));

        book.record(Set.of("a"), Map.of());

        assertThat(book.sum().requests()).isEqualTo(100);
    }

    @Test
    void shouldGoOnFromTheStatusAfterARestartOfTheOperator() {
        StatisticsBook before = new StatisticsBook(null);
        before.record(Set.of("a", "b"), Map.of("a", counted(MORNING, 100), "b", counted(MORNING, 300)));
        before.record(Set.of("b"), Map.of("b", counted(MORNING, 300)));

        StatisticsBook after = new StatisticsBook(before.sum());
        after.record(Set.of("b"), Map.of());
        after.record(Set.of("b"), Map.of("b", counted(MORNING, 300)));
        after.record(Set.of("b"), Map.of("b", counted(MORNING, 500)));

        assertThat(after.sum().requests()).isEqualTo(600);
        assertThat(after.sum().originOffload()).isEqualTo("90.0%");
        assertThat(after.sum().since()).isEqualTo("2026-11-22T08:00:00Z");
    }

    @Test
    void shouldNotCountTwiceWhatASilentProxyHadCountedBeforeARestartOfTheOperator() {
        StatisticsBook before = new StatisticsBook(null);
        before.record(Set.of("a", "b"), Map.of("a", counted(MORNING, 100), "b", counted(MORNING, 300)));

        StatisticsBook after = new StatisticsBook(before.sum());
        after.record(Set.of("a", "b"), Map.of("a", counted(MORNING, 100)));
        long whileSilent = after.sum().requests();
        after.record(Set.of("a", "b"), Map.of("a", counted(MORNING, 110), "b", counted(MORNING, 320)));

        assertThat(whileSilent).isEqualTo(400);
        assertThat(after.sum().requests()).isEqualTo(430);
    }

    @Test
    void shouldHaveNoRatioBeforeTheFirstRequest() {
        StatisticsBook book = new StatisticsBook(null);

        book.record(Set.of("a"), Map.of("a", counted(MORNING, 0)));

        assertThat(book.sum().hitRatio()).isNull();
        assertThat(book.sum().originOffload()).isNull();
    }

    @Test
    void shouldNameTheMostFrequentUncacheablePathsOfAllProxies() {
        StatisticsBook book = new StatisticsBook(null);

        book.record(
                Set.of("a", "b"),
                Map.of(
                        "a", uncacheable(new ProxyStats.Uncacheable("/account", "private", 3)),
                        "b",
                                uncacheable(
                                        new ProxyStats.Uncacheable("/account", "private", 4),
                                        new ProxyStats.Uncacheable("/cart", "set-cookie", 5))));

        assertThat(book.sum().topUncacheable())
                .containsExactly(
                        new Uncacheable("/account", "private", 7L), new Uncacheable("/cart", "set-cookie", 5L));
    }

    @Test
    @Tag("seed:T44")
    @DisplayName("T44: visitors of two proxies count once")
    void shouldEstimateVisitorsOfAllProxies() {
        StatisticsBook book = new StatisticsBook(null);

        book.record(Set.of("a", "b"), Map.of("a", counted(MORNING, 100), "b", counted(NOON, 300)));

        assertThat(book.sum().uniqueVisitors()).isEqualTo(2);
    }

    private static VisitorSketch twoVisitors() {
        VisitorSketch sketch = VisitorSketch.empty();
        sketch.add(0x0123_4567_89AB_CDEFL);
        sketch.add(0x7123_4567_89AB_CDEFL);
        return sketch;
    }

    private static ProxyStats counted(Instant since, long requests) {
        return stats(since, requests, List.of());
    }

    private static ProxyStats uncacheable(ProxyStats.Uncacheable... paths) {
        return stats(MORNING, 10, List.of(paths));
    }

    private static ProxyStats stats(Instant since, long requests, List<ProxyStats.Uncacheable> uncacheable) {
        long misses = requests / 10;
        return new ProxyStats(
                since,
                requests,
                requests - misses,
                misses,
                0,
                0,
                0,
                misses,
                0,
                0,
                5,
                0,
                0,
                uncacheable,
                VISITORS,
                VariantLimit.NEVER_REACHED);
    }
}
