package io.pagecache.store;

import io.pagecache.plan.PurgeMode;
import io.pagecache.purge.FetchMark;
import io.pagecache.purge.PageFacts;
import io.pagecache.purge.PendingPurges;
import io.pagecache.purge.RegisteredPurge;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A page as the store keeps it.
 *
 * @param crossed where the fence stood when the page crossed it: purges up to there do not concern it any more
 * @param arrivedAt when it was put
 * @param softPurgedAt when a soft purge first made it stale; null when none did
 * @param retainUntil when it is of no use any more
 * @param cost in bytes of the budget
 * @param lastUse when it was asked for last, in milliseconds, where variants of one URL compete
 */
record StoredEntry(
        StoredPage page,
        FetchMark crossed,
        Instant arrivedAt,
        @Nullable Instant softPurgedAt,
        Instant retainUntil,
        int cost,
        AtomicLong lastUse) {
    private static final Duration FOREVER = Duration.ofDays(36_500);

    static StoredEntry of(StoredPage page, FetchMark crossed, Instant now, int cost) {
        Duration useful =
                shorter(page.lifetime(), FOREVER).plus(shorter(page.windows().longest(), FOREVER));
        Instant until =
                page.arrivedAt().minus(shorter(page.initialAge(), FOREVER)).plus(useful);
        return new StoredEntry(page, crossed, now, null, until, cost, new AtomicLong(now.toEpochMilli()));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    /** Stale from {@code when} on, so the windows count from there; a page that is stale already stays stale since then. */
    StoredEntry softPurged(long position, Instant when) {
        FetchMark passed = new FetchMark(position, crossed.invalidations());
        if (softPurgedAt != null) {
            return new StoredEntry(page, passed, arrivedAt, softPurgedAt, retainUntil, cost, lastUse);
        }
        Instant useless = when.plus(shorter(page.windows().longest(), FOREVER));
        Instant until = useless.isBefore(retainUntil) ? useless : retainUntil;
        return new StoredEntry(page, passed, arrivedAt, when, until, cost, lastUse);
    }

    /** The page as it stands against these purges; null when a hard one is among them. */
    Lookup.@Nullable Found unlessPurged(PendingPurges pending) {
        RegisteredPurge purge = pending.isEmpty() ? null : pending.against(crossedAt(), facts());
        if (purge == null) {
            return new Lookup.Found(page, softPurgedAt);
        }
        if (purge.mode() == PurgeMode.HARD) {
            return null;
        }
        return new Lookup.Found(
                page, softPurged(purge.position(), purge.registeredAt()).softPurgedAt());
    }

    /** Position of the fence up to which purges do not concern the page. */
    long crossedAt() {
        return crossed.purges();
    }

    PageFacts facts() {
        return factsOf(page);
    }

    static PageFacts factsOf(StoredPage page) {
        return PageFacts.of(page.key(), page.vary(), page.varyValues(), page.tags(), page.receivedAt());
    }

    long remainingNanos(Instant now) {
        Duration remaining = Duration.between(now, retainUntil);
        return shorter(remaining, FOREVER).toNanos();
    }
}
