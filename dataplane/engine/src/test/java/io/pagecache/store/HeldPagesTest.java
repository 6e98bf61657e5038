package io.pagecache.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.freshness.StaleWindows;
import io.pagecache.http.Headers;
import io.pagecache.http.PageRequest;
import io.pagecache.plan.PurgeMode;
import io.pagecache.plan.PurgeOrder;
import io.pagecache.plan.PurgeScope;
import io.pagecache.purge.FetchMark;
import io.pagecache.reuse.ReuseDecider;
import io.pagecache.reuse.Serving;
import io.pagecache.samples.SampleRequest;
import io.pagecache.status.Reason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What readers keep while authors edit. */
@Tag("seed:W42")
class HeldPagesTest {
    private static final PageRequest GET = SampleRequest.get("/a");

    private final ManualTime time = new ManualTime();
    private final PageStore store =
            new PageStore(new StoreBudget(1 << 20), new BoundedCaches(Runnable::run, time), time);

    private StoredPage stored(Duration lifetime) {
        StoredPage page = page(lifetime);
        assertThat(store.put(page, store.beginFetch()).isStored()).isTrue();
        return page;
    }

    private StoredPage page(Duration lifetime) {
        return SamplePage.at("/a")
                .lifetime(lifetime)
                .windows(new StaleWindows(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(30)))
                .receivedAt(time.instant())
                .build();
    }

    private Serving decide(boolean held) {
        Lookup found = store.lookup(SamplePage.keyOf("/a"), () -> Headers.EMPTY);
        return new ReuseDecider().decide(GET, found, time.instant(), held);
    }

    private void purge(PurgeMode mode) {
        store.purge(new PurgeOrder(1, "t", mode, List.of(new PurgeScope.All()), time.instant()), time.instant());
    }

    @Test
    void shouldKeepAPageThatIsFarTooOld() {
        StoredPage page = stored(Duration.ofSeconds(60));
        store.hold(true);

        time.advance(Duration.ofHours(24));
        store.tidy();

        assertThat(decide(true)).isEqualTo(new Serving.Stale(page, Reason.HELD_FOR_AUTHORS, false));
    }

    @Test
    void shouldLetItGoOnceNothingIsHeldAnyMore() {
        stored(Duration.ofSeconds(60));
        store.hold(true);
        time.advance(Duration.ofHours(24));

        store.hold(false);
        store.tidy();

        assertThat(decide(false)).isInstanceOf(Serving.Fetch.class);
        assertThat(store.hasEmptyIndexes()).isTrue();
    }

    @Test
    void shouldNotReplaceAHeldPageByOneThatWasFetchedBefore() {
        StoredPage page = stored(Duration.ofSeconds(60));
        FetchMark begun = store.beginFetch();
        store.hold(true);

        PutOutcome outcome = store.put(page(Duration.ofSeconds(60)), begun);

        assertThat(outcome).isEqualTo(new PutOutcome.Refused(Reason.HELD_FOR_AUTHORS));
        assertThat(decide(true)).isEqualTo(new Serving.Fresh(page));
    }

    @Test
    void shouldTakeAPageThatWasNotThere() {
        store.hold(true);

        stored(Duration.ofSeconds(60));

        assertThat(decide(true)).isInstanceOf(Serving.Fresh.class);
    }

    @Test
    void shouldNotHoldWhatIsAskedForEachTime() {
        stored(Duration.ZERO);
        store.hold(true);

        assertThat(decide(true)).isInstanceOf(Serving.Stale.class).isNotEqualTo(held());
        stored(Duration.ZERO);
    }

    private Serving held() {
        return new Serving.Stale(page(Duration.ZERO), Reason.HELD_FOR_AUTHORS, false);
    }

    @Test
    void shouldPurgeWhatIsHeld() {
        stored(Duration.ofSeconds(60));
        store.hold(true);

        purge(PurgeMode.HARD);

        assertThat(decide(true)).isInstanceOf(Serving.Fetch.class);
        stored(Duration.ofSeconds(60));
    }

    @Test
    void shouldRefreshWhatWasPurgedSoftlyThoughItIsHeld() {
        StoredPage page = stored(Duration.ofSeconds(60));
        store.hold(true);

        purge(PurgeMode.SOFT);

        assertThat(decide(true)).isEqualTo(new Serving.Stale(page, Reason.PURGED_SOFT, true));
        stored(Duration.ofSeconds(60));
    }
}
