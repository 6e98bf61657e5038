package io.pagecache.proxy.serve;

import com.github.benmanes.caffeine.cache.Cache;
import io.pagecache.key.CacheKey;
import io.pagecache.proxy.coalesce.FetchCoalescer;
import io.pagecache.proxy.coalesce.FetchCoalescer.Leader;
import io.pagecache.store.BoundedCaches;
import io.pagecache.store.PageStore;
import io.pagecache.store.StoredPage;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Refreshes pages in the background while readers get the stale one: one fetch per page at a time, and after a failure a pause
 * that doubles with each further one.
 */
final class Refresher {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int MOST_PAUSED = 10_000;

    /** @param lasts until the refresh is tried again; the note itself is kept twice as long, to remember how long that was */
    private record Pause(Duration lasts, java.time.Instant until) {}

    private final PageStore store;
    private final FetchCoalescer coalescer;
    private final PageFetcher fetcher;
    private final InstantSource clock;
    private final Cache<CacheKey, Pause> pauses;

    Refresher(
            PageStore store, FetchCoalescer coalescer, PageFetcher fetcher, BoundedCaches caches, InstantSource clock) {
        this.store = store;
        this.coalescer = coalescer;
        this.fetcher = fetcher;
        this.clock = clock;
        this.pauses =
                caches.of(MOST_PAUSED, pause -> 1, pause -> 2 * pause.lasts().toNanos(), (key, pause, cause) -> {});
    }

    /** Starts a refresh unless one is under way or it is too early for another try. */
    void refreshLater(PageVisit visit, StoredPage page) {
        if (visit.isForOneUser() && !page.directives().allowsAuthorized()) {
            return; // the answer could not be kept; the next visitor without credentials sees to it
        }
        Pause pause = pauses.getIfPresent(visit.key());
        if (pause != null && clock.instant().isBefore(pause.until())) {
            return;
        }
        Leader leader = coalescer.tryLead(store.sharingKey(visit.key(), visit::asking));
        if (leader != null) {
            refresh(visit, page, leader, pause);
        }
    }

    private void refresh(PageVisit visit, StoredPage page, Leader leader, @Nullable Pause before) {
        fetcher.fetch(visit, Errand.refresh(page), leader, true).onComplete(result -> {
            boolean done = result.succeeded()
                    && switch (result.result()) {
                        case Fetched.Renewed renewed -> renewed.refusal() == null;
                        case Fetched.Complete complete -> complete.refusal() == null;
                        case Fetched.Failed failed -> false;
                        case Fetched.Streaming(var head, var content, var refusal, var micros) -> {
                            content.abandon().run();
                            yield false;
                        }
                    };
            if (done) {
                pauses.invalidate(visit.key());
            } else {
                pauses.put(visit.key(), next(before));
            }
        });
    }

    private Pause next(@Nullable Pause before) {
        Duration lasts = before == null ? FIRST_PAUSE : before.lasts().multipliedBy(2);
        Duration bounded = lasts.compareTo(LONGEST_PAUSE) < 0 ? lasts : LONGEST_PAUSE;
        return new Pause(bounded, clock.instant().plus(bounded));
    }
}
