package io.pagecache.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.http.Headers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("seed:W53")
class ErrorPageBudgetTest {
    private static final long BUDGET = 1 << 20;
    private static final long FOR_ERRORS = BUDGET / 20;

    private final ManualTime time = new ManualTime();
    private final PageStore store =
            new PageStore(new StoreBudget(BUDGET), new BoundedCaches(Runnable::run, time), time);

    @Test
    @DisplayName("W53: a flood of pages that do not exist drives out none that do")
    void shouldKeepPagesUnderAFloodOfErrors() {
        List<String> pages = new ArrayList<>();
        for (int i = 0; i < 90; i++) {
            pages.add("/page" + i);
            put("/page" + i, 200, 9_000);
        }
        long before = store.stats().bytes();

        for (int i = 0; i < 20_000; i++) {
            put("/missing" + i, i % 2 == 0 ? 404 : 410, 2_000);
        }

        assertThat(pages).allMatch(this::isStored);
        assertThat(store.stats().bytes()).isBetween(before, before + FOR_ERRORS);
    }

    @Test
    void shouldFindAnErrorThatHadNoRoomForThoseWhoWaitForIt() {
        for (int i = 0; i < 1_000; i++) {
            String missing = "/missing" + i;

            assertThat(put(missing, 404, 5_000)).isEqualTo(PutOutcome.STORED);
            assertThat(isStored(missing)).isTrue();
        }
    }

    @Test
    void shouldCountAPageNoMoreAsSoonAsItExists() {
        put("/new", 404, 2_000);
        put("/new", 200, 2_000);

        for (int i = 0; i < 1_000; i++) {
            put("/missing" + i, 404, 2_000);
        }

        assertThat(isStored("/new")).isTrue();
    }

    @Test
    void shouldGiveErrorsTheShareThatAPlanSays() {
        store.resize(new StoreBudget(BUDGET, BUDGET / 2));
        for (int i = 0; i < 1_000; i++) {
            put("/missing" + i, 404, 2_000);
        }
        long half = store.stats().bytes();

        store.resize(new StoreBudget(BUDGET, BUDGET / 100));
        store.tidy();

        assertThat(half).isBetween(BUDGET / 4, BUDGET / 2);
        assertThat(store.stats().bytes()).isLessThanOrEqualTo(BUDGET / 100);
    }

    @Test
    void shouldLeaveNothingInIndexes() {
        for (int i = 0; i < 1_000; i++) {
            put("/missing" + i, 404, 2_000);
        }

        time.advance(Duration.ofDays(3));
        store.tidy();

        assertThat(store.hasEmptyIndexes()).isTrue();
    }

    private PutOutcome put(String target, int status, int size) {
        StoredPage page = SamplePage.at(target)
                .status(status)
                .size(size)
                .receivedAt(time.instant())
                .build();
        return store.put(page, store.beginFetch());
    }

    private boolean isStored(String target) {
        return store.lookup(SamplePage.keyOf(target), () -> Headers.EMPTY) instanceof Lookup.Found;
    }
}
