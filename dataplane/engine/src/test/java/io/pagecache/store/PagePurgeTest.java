package io.pagecache.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.freshness.StaleWindows;
import io.pagecache.http.Headers;
import io.pagecache.plan.PurgeMode;
import io.pagecache.plan.PurgeOrder;
import io.pagecache.plan.PurgeScope;
import io.pagecache.purge.FetchMark;
import io.pagecache.status.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("seed:W3")
@Tag("seed:W12")
@Tag("seed:W18")
@Tag("seed:W56")
class PagePurgeTest {
    private final ManualTime time = new ManualTime();
    private final Queue<Runnable> background = new ArrayDeque<>();
    private final PageStore store =
            new PageStore(new StoreBudget(1 << 20), new BoundedCaches(background::add, time), time);

    /** Each scope covers {@code /news/1} with the tag {@code news}, stored two hours ago, and not {@code /about}, stored now. */
    static Stream<PurgeScope> scopesThatSelect() {
        return Stream.of(
                new PurgeScope.Url("/news/1?page=2"),
                new PurgeScope.Url("http://example.com/news/1?page=2"),
                new PurgeScope.Prefix("/news/"),
                new PurgeScope.Regex("/news/.*"),
                new PurgeScope.Tag("news"),
                new PurgeScope.OlderThan(Duration.ofHours(1)));
    }

    @ParameterizedTest
    @MethodSource("scopesThatSelect")
    void shouldRemoveWhatIsCoveredAndNothingElse(PurgeScope scope) {
        putNews();
        StoredPage about = SamplePage.at("/about").build();
        put(about);

        int entries = purge(scope, PurgeMode.HARD);

        assertThat(entries).isEqualTo(1);
        assertThat(news()).isEqualTo(new Lookup.UriMiss());
        assertThat(lookup("/about")).isEqualTo(new Lookup.Found(about, null));
        assertThat(store.stats().objects()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("scopesThatSelect")
    void shouldMarkStaleWhatIsCoveredSoftly(PurgeScope scope) {
        StoredPage page = putNews();

        int entries = purge(scope, PurgeMode.SOFT);

        assertThat(entries).isEqualTo(1);
        assertThat(news()).isEqualTo(new Lookup.Found(page, time.instant()));
    }

    @ParameterizedTest
    @MethodSource("scopesThatSelect")
    void shouldRefusePageWhoseFetchBeganBeforePurge(PurgeScope scope) {
        FetchMark mark = store.beginFetch();
        purge(scope, PurgeMode.HARD);

        assertThat(store.put(newsPage(), mark)).isEqualTo(new PutOutcome.Refused(Reason.PURGED_MEANWHILE));
        assertThat(news()).isEqualTo(new Lookup.UriMiss());
    }

    @Test
    void shouldPurgeAllAtOnceWithMemoryFreedLater() {
        putNews();
        put(SamplePage.at("/about").build());
        background.clear();

        int entries = purge(new PurgeScope.All(), PurgeMode.HARD);

        assertThat(entries).isEqualTo(2);
        assertThat(news()).isEqualTo(new Lookup.UriMiss());
        assertThat(lookup("/about")).isEqualTo(new Lookup.UriMiss());
        assertThat(store.stats().objects()).isEqualTo(2);
        runBackground();
        assertThat(store.stats().objects()).isZero();
        assertThat(store.hasEmptyIndexes()).isTrue();
    }

    @Test
    void shouldNotTouchPageFetchedAfterPurgeOfAllWhileMemoryIsFreed() {
        putNews();
        purge(new PurgeScope.All(), PurgeMode.HARD);
        StoredPage renewed = putNews();

        assertThat(news()).isEqualTo(new Lookup.Found(renewed, null));
        runBackground();
        assertThat(news()).isEqualTo(new Lookup.Found(renewed, null));
    }

    @Test
    void shouldHoldWhenMemoryIsFreedInTheMiddleOfLookup() {
        putNews();
        purge(new PurgeScope.All(), PurgeMode.HARD);
        time.atNextRead(this::runBackground);

        Lookup inTheMiddle = news();

        assertThat(background).isEmpty();
        assertThat(inTheMiddle).isEqualTo(new Lookup.UriMiss());
    }

    @Test
    void shouldStayStaleSinceFirstSoftPurge() {
        StoredPage page = putNews();
        Instant first = time.instant();
        purge(new PurgeScope.All(), PurgeMode.SOFT);
        time.advance(Duration.ofSeconds(5));
        assertThat(news()).isEqualTo(new Lookup.Found(page, first));
        runBackground();

        purge(new PurgeScope.Tag("news"), PurgeMode.SOFT);

        assertThat(news()).isEqualTo(new Lookup.Found(page, first));
    }

    @Test
    void shouldDropSoftlyPurgedPageOnceItsWindowsHavePassed() {
        StaleWindows minute = new StaleWindows(Duration.ofMinutes(1), Duration.ZERO, Duration.ZERO);
        put(SamplePage.at("/a").lifetime(Duration.ofDays(1)).windows(minute).build());
        purge(new PurgeScope.Url("/a"), PurgeMode.SOFT);

        time.advance(Duration.ofSeconds(59));
        assertThat(lookup("/a")).isInstanceOf(Lookup.Found.class);
        time.advance(Duration.ofSeconds(2));

        assertThat(lookup("/a")).isEqualTo(new Lookup.UriMiss());
    }

    @Test
    void shouldMakeSoftlyPurgedPageFreshAgainByRevalidation() {
        StoredPage page = putNews();
        purge(new PurgeScope.Tag("news"), PurgeMode.SOFT);
        StoredPage renewed = newsPage();

        assertThat(store.refreshed(page, renewed, store.beginFetch()).isStored())
                .isTrue();

        assertThat(news()).isEqualTo(new Lookup.Found(renewed, null));
    }

    @Test
    void shouldNotMakePageFreshByRevalidationThatBeganBeforeSoftPurge() {
        StoredPage page = putNews();
        FetchMark mark = store.beginFetch();
        purge(new PurgeScope.Tag("news"), PurgeMode.SOFT);

        PutOutcome outcome = store.refreshed(page, newsPage(), mark);

        assertThat(outcome).isEqualTo(new PutOutcome.Refused(Reason.PURGED_MEANWHILE));
        assertThat(news()).isEqualTo(new Lookup.Found(page, time.instant()));
    }

    @Test
    void shouldNotBringBackHardPurgedPageByRevalidation() {
        StoredPage page = putNews();
        purge(new PurgeScope.All(), PurgeMode.HARD);
        FetchMark after = store.beginFetch();

        PutOutcome whilePending = store.refreshed(page, newsPage(), after);
        runBackground();
        PutOutcome afterSweep = store.refreshed(page, newsPage(), after);

        assertThat(whilePending).isEqualTo(new PutOutcome.Refused(Reason.ABSENT));
        assertThat(afterSweep).isEqualTo(new PutOutcome.Refused(Reason.ABSENT));
        assertThat(news()).isEqualTo(new Lookup.UriMiss());
    }

    @Test
    void shouldRemoveAllVariantsOnInvalidation() {
        put(SamplePage.at("/a")
                .vary(List.of("accept-language"), "Accept-Language", "de")
                .tags("t")
                .build());
        put(SamplePage.at("/a")
                .vary(List.of("accept-language"), "Accept-Language", "en")
                .tags("t")
                .build());
        put(SamplePage.at("/b").build());

        int removed = store.invalidate(SamplePage.keyOf("/a").base());

        assertThat(removed).isEqualTo(2);
        assertThat(store.stats().objects()).isEqualTo(1);
        assertThat(lookup("/b")).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void shouldRefusePageWhoseFetchBeganBeforeInvalidation() {
        FetchMark mark = store.beginFetch();
        store.invalidate(SamplePage.keyOf("/a").base());

        PutOutcome outcome = store.put(SamplePage.at("/a").build(), mark);

        assertThat(outcome).isEqualTo(new PutOutcome.Refused(Reason.PURGED_MEANWHILE));
        assertThat(store.put(SamplePage.at("/b").build(), mark).isStored()).isTrue();
    }

    @Test
    void shouldGiveUncacheableKeyANewChanceAfterPurge() {
        store.markUncacheable(SamplePage.keyOf("/a"), Reason.PRIVATE, Duration.ofDays(1), store.beginFetch());

        purge(new PurgeScope.Prefix("/"), PurgeMode.HARD);

        assertThat(lookup("/a")).isEqualTo(new Lookup.UriMiss());
    }

    @Test
    void shouldNotMarkUncacheableByFetchThatBeganBeforePurge() {
        FetchMark mark = store.beginFetch();
        purge(new PurgeScope.All(), PurgeMode.HARD);

        boolean noted = store.markUncacheable(SamplePage.keyOf("/a"), Reason.PRIVATE, Duration.ofDays(1), mark);

        assertThat(noted).isFalse();
        assertThat(lookup("/a")).isEqualTo(new Lookup.UriMiss());
    }

    private StoredPage newsPage() {
        return SamplePage.at("/news/1?page=2")
                .tags("news")
                .receivedAt(time.instant().minus(Duration.ofHours(2)))
                .lifetime(Duration.ofDays(1))
                .build();
    }

    private StoredPage putNews() {
        StoredPage page = newsPage();
        put(page);
        return page;
    }

    private void put(StoredPage page) {
        assertThat(store.put(page, store.beginFetch()).isStored()).isTrue();
    }

    private int purge(PurgeScope scope, PurgeMode mode) {
        PurgeOrder order = new PurgeOrder(1, "token", mode, List.of(scope), time.instant());
        return store.purge(order, time.instant()).entries();
    }

    private Lookup news() {
        return lookup("/news/1?page=2");
    }

    private Lookup lookup(String path) {
        return store.lookup(SamplePage.keyOf(path), () -> Headers.EMPTY);
    }

    private void runBackground() {
        for (Runnable task = background.poll(); task != null; task = background.poll()) {
            task.run();
        }
    }
}
