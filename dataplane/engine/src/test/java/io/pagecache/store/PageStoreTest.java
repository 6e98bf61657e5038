package io.pagecache.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.freshness.StaleWindows;
import io.pagecache.http.Headers;
import io.pagecache.key.CacheKey;
import io.pagecache.status.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("seed:T1")
@Tag("seed:W30")
@Tag("seed:W46")
@Tag("seed:W73")
class PageStoreTest {
    private final ManualTime time = new ManualTime();
    private final PageStore store =
            new PageStore(new StoreBudget(1 << 20), new BoundedCaches(Runnable::run, time), time);

    @Test
    void shouldFindStoredPage() {
        StoredPage page = SamplePage.at("/a").build();

        PutOutcome outcome = store.put(page, store.beginFetch());

        assertThat(outcome.isStored()).isTrue();
        assertThat(lookup("/a")).isEqualTo(new Lookup.Found(page, null));
        assertThat(lookup("/b")).isEqualTo(new Lookup.UriMiss());
    }

    @Test
    void shouldReplacePageAsAWhole() {
        StoredPage second = SamplePage.at("/a").tags("new").content("second").build();
        put(SamplePage.at("/a").tags("old").content("first").build());

        put(second);

        assertThat(lookup("/a")).isEqualTo(new Lookup.Found(second, null));
        assertThat(store.stats().objects()).isEqualTo(1);
    }

    @Test
    void shouldForgetPageOnceItIsOfNoUse() {
        StaleWindows hour = new StaleWindows(Duration.ZERO, Duration.ofHours(1), Duration.ZERO);
        put(SamplePage.at("/a")
                .tags("t")
                .lifetime(Duration.ofMinutes(1))
                .windows(hour)
                .build());

        time.advance(Duration.ofMinutes(60));
        assertThat(lookup("/a")).isInstanceOf(Lookup.Found.class);
        time.advance(Duration.ofMinutes(2));

        assertThat(lookup("/a")).isEqualTo(new Lookup.UriMiss());
        store.tidy();
        assertThat(store.stats().evictedByTime()).isEqualTo(1);
        assertThat(store.hasEmptyIndexes()).isTrue();
    }

    @Test
    void shouldKeepPageWithoutEndWhenLifetimeHasNone() {
        put(SamplePage.at("/a").lifetime(Duration.ofSeconds(Long.MAX_VALUE)).build());

        time.advance(Duration.ofDays(3650));

        assertThat(lookup("/a")).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void shouldRefusePageThatIsOfNoUseAlready() {
        StoredPage page = SamplePage.at("/a")
                .lifetime(Duration.ZERO)
                .windows(StaleWindows.NONE)
                .build();

        assertThat(store.put(page, store.beginFetch())).isEqualTo(new PutOutcome.Refused(Reason.NO_LIFETIME));
    }

    @Test
    void shouldRememberUncacheableForAWhile() {
        CacheKey key = SamplePage.keyOf("/private");

        store.markUncacheable(key, Reason.PRIVATE, Duration.ofSeconds(30), store.beginFetch());

        assertThat(lookup("/private")).isEqualTo(new Lookup.KnownUncacheable(Reason.PRIVATE));
        time.advance(Duration.ofSeconds(31));
        assertThat(lookup("/private")).isEqualTo(new Lookup.UriMiss());
    }

    @Test
    void shouldForgetUncacheableMarkWhenPageIsStored() {
        store.markUncacheable(SamplePage.keyOf("/a"), Reason.SET_COOKIE, Duration.ofDays(1), store.beginFetch());

        put(SamplePage.at("/a").build());

        assertThat(lookup("/a")).isInstanceOf(Lookup.Found.class);
        assertThat(store.knownUncacheable(SamplePage.keyOf("/a"))).isNull();
    }

    @Test
    void shouldSwapInRevalidatedPage() {
        StoredPage old = SamplePage.at("/a").content("x").build();
        StoredPage renewed =
                SamplePage.at("/a").content("x").lifetime(Duration.ofHours(1)).build();
        put(old);

        PutOutcome outcome = store.refreshed(old, renewed, store.beginFetch());

        assertThat(outcome.isStored()).isTrue();
        assertThat(lookup("/a")).isEqualTo(new Lookup.Found(renewed, null));
    }

    @Test
    void shouldNotBringBackPageThatWasReplacedDuringRevalidation() {
        StoredPage old = SamplePage.at("/a").content("old").build();
        StoredPage newer = SamplePage.at("/a").content("newer").build();
        put(old);
        put(newer);

        PutOutcome outcome =
                store.refreshed(old, SamplePage.at("/a").content("old").build(), store.beginFetch());

        assertThat(outcome).isEqualTo(new PutOutcome.Refused(Reason.ABSENT));
        assertThat(lookup("/a")).isEqualTo(new Lookup.Found(newer, null));
    }

    private void put(StoredPage page) {
        assertThat(store.put(page, store.beginFetch()).isStored()).isTrue();
    }

    private Lookup lookup(String path) {
        return store.lookup(SamplePage.keyOf(path), () -> Headers.EMPTY);
    }
}
