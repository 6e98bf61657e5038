package io.pagecache.wiki.page;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** Numbers every page the site builds, so that a reader sees whether a page is new or came from a cache. */
public final class BuildCounter {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final AtomicLong builds = new AtomicLong();
    private final Clock clock;

    public BuildCounter(Clock clock) {
        this.clock = clock;
    }

    /** A build that was begun at {@code started} and is complete now. */
    public Build complete(Instant started) {
        Instant now = clock.instant();
        return new Build(builds.incrementAndGet(), now, Duration.between(started, now));
    }

    public record Build(long number, Instant at, Duration took) {
        public String timeOfDay() {
            return TIME.format(at);
        }
    }
}
