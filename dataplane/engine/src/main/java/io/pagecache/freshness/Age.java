package io.pagecache.freshness;

import io.pagecache.http.DeltaSeconds;
import io.pagecache.http.Headers;
import io.pagecache.http.HttpDates;
import io.pagecache.http.PageResponse;
import java.time.Duration;
import java.time.Instant;

/** How old an answer was when it arrived (RFC 9111 section 4.2.3). */
public final class Age {
    private Age() {}

    /** The age that other caches report; zero when {@code Age} is absent or invalid. Of a list the first member counts (section 5.1). */
    public static Duration reported(Headers headers) {
        String field = headers.first("Age");
        if (field == null) {
            return Duration.ZERO;
        }
        int comma = field.indexOf(',');
        Duration age = DeltaSeconds.parse((comma < 0 ? field : field.substring(0, comma)).strip());
        return age == null ? Duration.ZERO : age;
    }

    /** {@code corrected_initial_age}: never negative, whatever the clocks involved say. */
    public static Duration initial(PageResponse response) {
        Duration corrected = reported(response.headers()).plus(delay(response));
        Duration apparent = apparent(response.headers(), response.receivedAt());
        return corrected.compareTo(apparent) >= 0 ? corrected : apparent;
    }

    /** {@code response_delay}. */
    private static Duration delay(PageResponse response) {
        return notNegative(Duration.between(response.requestedAt(), response.receivedAt()));
    }

    /** {@code apparent_age}; zero without a valid {@code Date}. */
    private static Duration apparent(Headers headers, Instant receivedAt) {
        Instant date = HttpDates.of(headers, "Date", receivedAt);
        return date == null ? Duration.ZERO : notNegative(Duration.between(date, receivedAt));
    }

    private static Duration notNegative(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }
}
