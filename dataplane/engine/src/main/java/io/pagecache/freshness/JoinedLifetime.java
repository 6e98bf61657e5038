package io.pagecache.freshness;

import io.pagecache.http.Headers;
import io.pagecache.http.HttpDates;
import io.pagecache.http.ResponseDirectives;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What readers and the caches on their way may do with a page that was joined of several answers: what all of them allow. */
public final class JoinedLifetime {
    private JoinedLifetime() {}

    /**
     * {@code Cache-Control} of the whole. Its lifetime is what is left of the shortest.
     *
     * @param answers fields of the page and of its fragments, with {@code Age}, without fields for this cache alone; at
     *     least one. Those of a fragment that was absent are empty, so a page without it does not last
     * @param isPersonal whether it was made for one reader whatever the answers say
     */
    public static String cacheControl(List<Headers> answers, boolean isPersonal, Instant now) {
        boolean noStore = false;
        boolean isPrivate = isPersonal;
        boolean mustRevalidate = false;
        Duration left = ChronoUnit.FOREVER.getDuration();
        for (Headers answer : answers) {
            ResponseDirectives directives = ResponseDirectives.of(answer);
            noStore |= directives.noStore();
            isPrivate |= directives.isPrivate() || answer.contains("Set-Cookie");
            mustRevalidate |= directives.mustRevalidate();
            Duration ofThis = left(answer, directives, now);
            left = ofThis.compareTo(left) < 0 ? ofThis : left;
        }
        if (noStore) {
            return "private, no-store";
        }
        if (isPrivate) {
            return "private, no-cache";
        }
        if (left.toSeconds() <= 0) {
            return "no-cache";
        }
        return "max-age=" + left.toSeconds() + (mustRevalidate ? ", must-revalidate" : "");
    }

    /** What is left of the lifetime that the answer names to browsers; nothing when it names none. */
    private static Duration left(Headers answer, ResponseDirectives directives, Instant now) {
        if (directives.noCache()) {
            return Duration.ZERO;
        }
        Duration lifetime = directives.maxAge();
        if (lifetime == null) {
            Instant expires = HttpDates.of(answer, "Expires", now);
            Instant date = HttpDates.of(answer, "Date", now);
            lifetime = expires == null || date == null ? Duration.ZERO : Duration.between(date, expires);
        }
        return lifetime.minus(Age.reported(answer));
    }
}
