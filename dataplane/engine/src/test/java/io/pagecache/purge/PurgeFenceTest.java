package io.pagecache.purge;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.key.BaseKey;
import io.pagecache.plan.PurgeMode;
import io.pagecache.plan.PurgeOrder;
import io.pagecache.plan.PurgeScope;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("seed:T38")
@Tag("seed:W72")
class PurgeFenceTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final PurgeFence fence = new PurgeFence();

    @Test
    void shouldLetFetchCrossWhenNothingHappened() {
        FetchMark mark = fence.mark();

        assertThat(crosses(mark, page("/a"))).isTrue();
    }

    @Test
    void shouldRefuseFetchThatBeganBeforePurge() {
        FetchMark before = fence.mark();
        register(new PurgeScope.Url("/a"), PurgeMode.HARD);
        FetchMark after = fence.mark();

        assertThat(crosses(before, page("/a"))).isFalse();
        assertThat(crosses(before, page("/b"))).isTrue();
        assertThat(crosses(after, page("/a"))).isTrue();
    }

    @Test
    void shouldRefuseFetchThatBeganBeforeSoftPurge() {
        FetchMark before = fence.mark();
        register(new PurgeScope.All(), PurgeMode.SOFT);

        assertThat(crosses(before, page("/a"))).isFalse();
    }

    @Test
    void shouldRefuseFetchEvenAfterSweep() {
        FetchMark before = fence.mark();
        RegisteredPurge purge = register(new PurgeScope.All(), PurgeMode.HARD);
        fence.swept(purge);

        assertThat(crosses(before, page("/a"))).isFalse();
        assertThat(fence.pending().isEmpty()).isTrue();
    }

    @Test
    void shouldRememberManyPurges() {
        FetchMark before = fence.mark();
        for (int i = 0; i < PurgeFence.RECENT; i++) {
            fence.swept(register(new PurgeScope.Url("/other" + i), PurgeMode.HARD));
        }

        assertThat(crosses(before, page("/a"))).isTrue();
        assertThat(crosses(before, page("/other0"))).isFalse();
    }

    @Test
    void shouldRefuseUnseenWhenFetchIsOlderThanMemory() {
        FetchMark before = fence.mark();
        for (int i = 0; i <= PurgeFence.RECENT; i++) {
            fence.swept(register(new PurgeScope.Url("/other" + i), PurgeMode.HARD));
        }

        assertThat(crosses(before, page("/a"))).isFalse();
        assertThat(crosses(fence.mark(), page("/a"))).isTrue();
    }

    @Test
    void shouldRefuseFetchThatBeganBeforeInvalidation() {
        FetchMark before = fence.mark();
        fence.invalidate(page("/a").base());

        assertThat(crosses(before, page("/a"))).isFalse();
        assertThat(crosses(before, page("/b"))).isTrue();
        assertThat(crosses(fence.mark(), page("/a"))).isTrue();
    }

    @Test
    void shouldStandAgainstStoredPagesUntilSwept() {
        long crossedAt = fence.cross(fence.mark(), page("/a"), FetchMark::purges);
        RegisteredPurge purge = register(new PurgeScope.Prefix("/"), PurgeMode.HARD);

        assertThat(fence.pending().against(crossedAt, page("/a"))).isEqualTo(purge);
        long later = fence.cross(fence.mark(), page("/a"), FetchMark::purges);
        assertThat(fence.pending().against(later, page("/a"))).isNull();
        fence.swept(purge);
        assertThat(fence.pending().against(crossedAt, page("/a"))).isNull();
    }

    @Test
    void shouldLetHardPurgeWinOverSoftOne() {
        register(new PurgeScope.All(), PurgeMode.SOFT);
        RegisteredPurge hard = register(new PurgeScope.All(), PurgeMode.HARD);
        register(new PurgeScope.All(), PurgeMode.SOFT);

        assertThat(fence.pending().against(0, page("/a"))).isEqualTo(hard);
    }

    private RegisteredPurge register(PurgeScope scope, PurgeMode mode) {
        PurgeOrder order = new PurgeOrder(1, "token", mode, List.of(scope), NOW);
        return fence.register(PurgeCoverage.of(order), mode, NOW);
    }

    private boolean crosses(FetchMark mark, PageFacts page) {
        return fence.cross(mark, page, position -> true) != null;
    }

    private static PageFacts page(String path) {
        return new PageFacts(new BaseKey("https", "example.com", path, null), List.of(), NOW, List.of());
    }
}
