package io.pagecache.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.http.Headers;
import io.pagecache.plan.PurgeMode;
import io.pagecache.plan.PurgeOrder;
import io.pagecache.plan.PurgeScope;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A store full of popular pages turns a large new one away as soon as it comes. */
class TurnedAwayPagesTest {
    private static final int BUDGET = 1 << 20;

    private final ManualTime time = new ManualTime();
    private final PageStore store =
            new PageStore(new StoreBudget(BUDGET), new BoundedCaches(Runnable::run, time), time);

    @BeforeEach
    void fillWithPopularPages() {
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < 60; i++) {
                if (!(lookup("/popular" + i) instanceof Lookup.Found)) {
                    put(SamplePage.at("/popular" + i).size(20_000).build());
                }
            }
            store.tidy();
        }
        time.advance(Duration.ofSeconds(3));
        store.tidy();
    }

    @Test
    void shouldBeFoundByThoseWhoWaited() {
        StoredPage page = putLarge();

        assertThat(lookup("/large")).isEqualTo(new Lookup.Found(page, null));
        assertThat(lookup("/large")).isEqualTo(new Lookup.Found(page, null));
    }

    @Test
    void shouldBeGoneAMomentLater() {
        putLarge();

        time.advance(TurnedAwayPages.GRACE);

        assertThat(lookup("/large")).isEqualTo(new Lookup.UriMiss());
    }

    @Test
    void shouldNotOutliveItsPurge() {
        putLarge();

        store.purge(
                new PurgeOrder(1, "t", PurgeMode.HARD, List.of(new PurgeScope.Url("/large")), time.instant()),
                time.instant());

        assertThat(lookup("/large")).isEqualTo(new Lookup.UriMiss());
    }

    @Test
    void shouldNotOutliveItsInvalidation() {
        putLarge();

        store.invalidate(SamplePage.keyOf("/large").base());

        assertThat(lookup("/large")).isEqualTo(new Lookup.UriMiss());
    }

    @Test
    void shouldBeFoundByItsVariantOnly() {
        StoredPage german = SamplePage.at("/large")
                .size(100_000)
                .vary(List.of("accept-language"), "Accept-Language", "de")
                .build();
        put(german);

        assertThat(lookup("/large", "Accept-Language", "DE")).isEqualTo(new Lookup.Found(german, null));
        assertThat(lookup("/large", "Accept-Language", "en")).isEqualTo(new Lookup.UriMiss());
    }

    private StoredPage putLarge() {
        StoredPage page = SamplePage.at("/large").size(100_000).build();
        put(page);
        store.tidy();
        assertThat(store.stats().evictedBySize()).isPositive();
        return page;
    }

    private void put(StoredPage page) {
        assertThat(store.put(page, store.beginFetch()).isStored()).isTrue();
    }

    private Lookup lookup(String path, String... headers) {
        return store.lookup(SamplePage.keyOf(path), () -> Headers.of(headers));
    }
}
