package io.pagecache.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.http.Headers;
import io.pagecache.key.CacheKey;
import io.pagecache.plan.PurgeMode;
import io.pagecache.plan.PurgeOrder;
import io.pagecache.plan.PurgeScope;
import io.pagecache.purge.FetchMark;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every order in which two fetches, a purge and its clean-up can happen, with a look-up after each step. */
@Tag("seed:W10")
@Tag("seed:W72")
class PurgeInterleavingTest {
    private static final String PATH = "/news/1";

    /** A page of one reader, so that a purge of that reader covers it. An element has no page: its values have a fence of their own. */
    private static final CacheKey KEY = new CacheKey(SamplePage.keyOf(PATH).base(), "[cookie sid=2:42]");

    static Stream<Arguments> purges() {
        return Stream.of(
                        new PurgeScope.All(),
                        new PurgeScope.Url(PATH),
                        new PurgeScope.Prefix("/news"),
                        new PurgeScope.Regex(".*1"),
                        new PurgeScope.Tag("news"),
                        new PurgeScope.User("42"),
                        new PurgeScope.OlderThan(Duration.ofHours(1)))
                .flatMap(scope -> Stream.of(PurgeMode.values()).map(mode -> Arguments.of(scope, mode)));
    }

    @ParameterizedTest
    @MethodSource("purges")
    void shouldNeverServeFreshWhatWasFetchedBeforePurge(PurgeScope scope, PurgeMode mode) {
        forEachInterleaving(run -> run.purge(scope, mode));
    }

    @ParameterizedTest
    @EnumSource
    void shouldHoldWithEarlierPurgeStillPending(PurgeMode mode) {
        forEachInterleaving(run -> {
            run.purge(new PurgeScope.All(), PurgeMode.SOFT);
            run.purge(new PurgeScope.Tag("news"), mode);
        });
    }

    @Test
    void shouldNeverServeWhatWasFetchedBeforeInvalidation() {
        forEachInterleaving(Run::invalidate);
    }

    private static void forEachInterleaving(Consumer<Run> purge) {
        List<List<Consumer<Run>>> actors = List.of(
                List.of(run -> run.begin(0), run -> run.put(0)),
                List.of(run -> run.begin(1), run -> run.put(1)),
                List.of(purge, Run::runBackground),
                List.of(Run::revalidateBegin, Run::revalidateEnd));
        List<List<Consumer<Run>>> schedules = new ArrayList<>();
        interleave(actors, new int[actors.size()], new ArrayList<>(), schedules);
        assertThat(schedules).hasSize(2520); // 8! / (2! 2! 2! 2!)
        for (List<Consumer<Run>> schedule : schedules) {
            Run run = new Run();
            for (Consumer<Run> step : schedule) {
                step.accept(run);
                run.checkLookup();
            }
        }
    }

    private static <T> void interleave(List<List<T>> actors, int[] next, List<T> soFar, List<List<T>> schedules) {
        boolean done = true;
        for (int i = 0; i < actors.size(); i++) {
            if (next[i] < actors.get(i).size()) {
                done = false;
                soFar.add(actors.get(i).get(next[i]++));
                interleave(actors, next, soFar, schedules);
                next[i]--;
                soFar.removeLast();
            }
        }
        if (done) {
            schedules.add(List.copyOf(soFar));
        }
    }

    /** One schedule. The content of a page says how many purges had happened when its fetch began. */
    private static final class Run {
        private final ManualTime time = new ManualTime();
        private final Queue<Runnable> background = new ArrayDeque<>();
        private final PageStore store =
                new PageStore(new StoreBudget(1 << 20), new BoundedCaches(background::add, time), time);
        private final FetchMark[] marks = new FetchMark[2];
        private final StoredPage[] fetched = new StoredPage[2];
        private int purges;
        private StoredPage validating;
        private FetchMark validatingMark;
        private int validatedAfter;

        void begin(int fetch) {
            marks[fetch] = store.beginFetch();
            fetched[fetch] = page("fetched after " + purges);
        }

        void put(int fetch) {
            boolean mayStore = fetchedAfter(fetched[fetch]) == purges;
            assertThat(store.put(fetched[fetch], marks[fetch]).isStored()).isEqualTo(mayStore);
        }

        void purge(PurgeScope scope, PurgeMode mode) {
            purges++;
            store.purge(new PurgeOrder(purges, "t", mode, List.of(scope), time.instant()), time.instant());
        }

        void invalidate() {
            purges++;
            store.invalidate(KEY.base());
        }

        void revalidateBegin() {
            if (lookup() instanceof Lookup.Found found) {
                validating = found.page();
                validatingMark = store.beginFetch();
                validatedAfter = purges;
            }
        }

        void revalidateEnd() {
            if (validating != null) {
                StoredPage renewed = page("fetched after " + validatedAfter);
                if (store.refreshed(validating, renewed, validatingMark).isStored()) {
                    assertThat(validatedAfter).isEqualTo(purges);
                }
            }
        }

        void runBackground() {
            for (Runnable task = background.poll(); task != null; task = background.poll()) {
                task.run();
            }
        }

        void checkLookup() {
            if (lookup() instanceof Lookup.Found(var page, var softPurgedAt) && softPurgedAt == null) {
                assertThat(fetchedAfter(page)).isEqualTo(purges);
            }
        }

        private Lookup lookup() {
            return store.lookup(KEY, () -> Headers.EMPTY);
        }

        private StoredPage page(String content) {
            return SamplePage.at(PATH)
                    .key(KEY)
                    .content(content)
                    .tags("news")
                    .receivedAt(time.instant().minus(Duration.ofHours(2)))
                    .lifetime(Duration.ofDays(1))
                    .build();
        }

        private static int fetchedAfter(StoredPage page) {
            String content = new String(page.body().toArray(), java.nio.charset.StandardCharsets.UTF_8);
            return Integer.parseInt(content.substring(content.lastIndexOf(' ') + 1));
        }
    }
}
