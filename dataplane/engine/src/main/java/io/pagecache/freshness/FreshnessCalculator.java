package io.pagecache.freshness;

import io.pagecache.freshness.FreshnessLifetime.Source;
import io.pagecache.http.DeltaSeconds;
import io.pagecache.http.HttpDates;
import io.pagecache.http.PageResponse;
import io.pagecache.http.ResponseDirectives;
import io.pagecache.plan.Behaviour;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Freshness lifetime of an answer (RFC 9111 section 4.2.1) under a rule. The first that has something to say wins: the policy's
 * lifetime where the rule says {@code ALWAYS}; {@code no-cache}; {@code s-maxage}; {@code max-age}; {@code Expires}; the policy's
 * lifetime; the heuristic of section 4.2.2.
 */
public final class FreshnessCalculator {
    /** Longest that a heuristic is believed. */
    static final Duration HEURISTIC_LIMIT = Duration.ofDays(1);

    /** Share of the time since the last modification, as a divisor. */
    private static final int HEURISTIC_SHARE = 10;

    /** Statuses of pages that live without anybody's explicit word. */
    private static final Set<Integer> ORDINARY = Set.of(200, 203, 204, 300, 301, 308);

    /**
     * The other statuses that RFC 9110 section 15.1 lets a cache keep by itself, all of them errors: never by the policy's {@code
     * ttl}, so that a visitor who provokes one cannot have it served to others, but where the origin says since when it has been so.
     */
    private static final Set<Integer> DATED_ERRORS = Set.of(404, 405, 410, 414, 501);

    /** Whether an answer with this status may be kept although neither origin nor policy names a lifetime for it. */
    public static boolean livesWithoutExplicitWord(int status) {
        return ORDINARY.contains(status);
    }

    public FreshnessLifetime lifetime(PageResponse response, ResponseDirectives directives, Behaviour behaviour) {
        FreshnessLifetime policy = ofPolicy(response.status(), behaviour);
        if (policy != null && behaviour.cache() == Behaviour.Cache.ALWAYS) {
            return policy;
        }
        FreshnessLifetime origin = ofOrigin(response, directives);
        if (origin != null) {
            return origin;
        }
        return policy != null ? policy : heuristic(response, directives);
    }

    private static @Nullable FreshnessLifetime ofPolicy(int status, Behaviour behaviour) {
        for (int i = 0; i < behaviour.ttlByStatus().size(); i++) {
            Behaviour.StatusTtl byStatus = behaviour.ttlByStatus().get(i);
            if (byStatus.statuses().contains(status)) {
                return new FreshnessLifetime(byStatus.ttl(), Source.TTL_BY_STATUS);
            }
        }
        Duration ttl = behaviour.ttl();
        return ttl != null && ORDINARY.contains(status) ? new FreshnessLifetime(ttl, Source.TTL) : null;
    }

    private static @Nullable FreshnessLifetime ofOrigin(PageResponse response, ResponseDirectives directives) {
        if (directives.noCache()) {
            return new FreshnessLifetime(Duration.ZERO, Source.NO_CACHE);
        }
        if (directives.sharedMaxAge() != null) {
            return new FreshnessLifetime(directives.sharedMaxAge(), Source.S_MAXAGE);
        }
        if (directives.maxAge() != null) {
            return new FreshnessLifetime(directives.maxAge(), Source.MAX_AGE);
        }
        Duration expires = directives.honoursExpires() ? expires(response) : null;
        return expires == null ? null : new FreshnessLifetime(expires, Source.EXPIRES);
    }

    /** {@code Expires} minus {@code Date}; an invalid one, {@code 0} above all, means the past (RFC 9111 section 5.3). */
    private static @Nullable Duration expires(PageResponse response) {
        Duration strictest = null;
        for (String value : response.headers().all("Expires")) {
            Instant expires = HttpDates.parse(value, response.receivedAt());
            Duration lifetime = expires == null ? Duration.ZERO : Duration.between(date(response), expires);
            strictest = strictest == null || lifetime.compareTo(strictest) < 0 ? lifetime : strictest;
        }
        return strictest == null ? null : clamped(strictest, DeltaSeconds.MAX);
    }

    private static FreshnessLifetime heuristic(PageResponse response, ResponseDirectives directives) {
        int status = response.status();
        boolean allowed = ORDINARY.contains(status) || DATED_ERRORS.contains(status) || directives.isPublic();
        Instant lastModified =
                allowed ? HttpDates.of(response.headers(), "Last-Modified", response.receivedAt()) : null;
        if (lastModified == null || !directives.honoursExpires()) {
            return FreshnessLifetime.NONE;
        }
        Duration unchanged = Duration.between(lastModified, date(response));
        Duration share = clamped(unchanged.dividedBy(HEURISTIC_SHARE), HEURISTIC_LIMIT);
        return new FreshnessLifetime(share, Source.LAST_MODIFIED);
    }

    /** {@code Date}, or when the answer came in where it has none (RFC 9110 section 6.6.1). */
    private static Instant date(PageResponse response) {
        Instant date = HttpDates.of(response.headers(), "Date", response.receivedAt());
        return date == null ? response.receivedAt() : date;
    }

    private static Duration clamped(Duration duration, Duration most) {
        if (duration.isNegative()) {
            return Duration.ZERO;
        }
        return duration.compareTo(most) > 0 ? most : duration;
    }
}
