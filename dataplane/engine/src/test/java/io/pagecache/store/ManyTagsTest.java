package io.pagecache.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import io.pagecache.http.Headers;
import io.pagecache.plan.PurgeMode;
import io.pagecache.plan.PurgeOrder;
import io.pagecache.plan.PurgeScope;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A large site: every page carries ten of 10,000 tags. */
class ManyTagsTest {
    private static final int PAGES = 100_000;
    private static final int TAGS = 10_000;
    private static final int TAGS_PER_PAGE = 10;
    private static final int PAGES_PER_TAG = PAGES * TAGS_PER_PAGE / TAGS;
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:01Z");
    private static final long BUDGET = 512L << 20;

    private final PageStore store = new PageStore(
            new StoreBudget(BUDGET),
            new BoundedCaches(Runnable::run, Ticker.disabledTicker()),
            Clock.fixed(NOW, ZoneOffset.UTC));
    private long sequence;

    @Test
    @DisplayName("10,000 tags on 100,000 pages: a tag purges its own pages and no other, and everything is given back")
    void shouldPurgeExactlyByTagAndGiveEverythingBack() {
        fill();
        assertThat(store.stats().objects()).isEqualTo(PAGES);
        assertThat(store.stats().bytes()).isLessThanOrEqualTo(BUDGET);

        for (int tag = 0; tag < 100; tag++) {
            assertThat(purge(tag)).as("pages of tag %d", tag).isEqualTo(PAGES_PER_TAG);
            assertThat(isStored(tag)).isFalse();
            assertThat(isStored(tag + 100)).isTrue();
        }
        for (int tag = 100; tag < TAGS; tag++) {
            purge(tag);
        }

        store.tidy();
        assertThat(store.stats().objects()).isZero();
        assertThat(store.stats().bytes()).isZero();
        assertThat(store.hasEmptyIndexes()).isTrue();
    }

    @Test
    @DisplayName(
            "100 purges a second: 20,000 of them leave nothing behind in the store, the fence or the list of what is pending")
    void shouldNotGrowWithThePurgesOfAnHour() {
        for (int round = 0; round < 20_000; round++) {
            store.put(page(round % 7, "t" + round), store.beginFetch());
            purgeTag("t" + round);
        }

        store.tidy();
        assertThat(store.stats().objects()).isZero();
        assertThat(store.stats().bytes()).isZero();
        assertThat(store.hasEmptyIndexes()).isTrue();
    }

    private void fill() {
        for (int page = 0; page < PAGES; page++) {
            // Consecutive blocks of tags, so that the pages of one tag share the tags beside it.
            String[] tags = new String[TAGS_PER_PAGE];
            int block = page % (TAGS / TAGS_PER_PAGE);
            for (int i = 0; i < TAGS_PER_PAGE; i++) {
                tags[i] = "tag-" + (block + i * (TAGS / TAGS_PER_PAGE));
            }
            store.put(page(page, tags), store.beginFetch());
        }
    }

    private static StoredPage page(int number, String... tags) {
        return SamplePage.at("/p" + number).tags(tags).build();
    }

    private int purge(int tag) {
        return purgeTag("tag-" + tag);
    }

    private int purgeTag(String tag) {
        sequence++;
        return store.purge(new PurgeOrder(sequence, "t", PurgeMode.HARD, List.of(new PurgeScope.Tag(tag)), NOW), NOW)
                .entries();
    }

    private boolean isStored(int page) {
        return store.lookup(SamplePage.keyOf("/p" + page), () -> Headers.EMPTY) instanceof Lookup.Found;
    }
}
