package io.pagecache.esi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Times in attributes: {@code 30}, {@code 150ms}, {@code 30s}, {@code 5m}, {@code 2h}, {@code 1d}; a bare number counts seconds. */
final class EsiSpan {
    static final String EXPECTED = "expected a whole number with ms, s, m, h or d, or without a unit in seconds";

    private static final int MOST_DIGITS = 9;

    private EsiSpan() {}

    static @Nullable Duration parse(String text) {
        String span = text.strip();
        int digits = 0;
        while (digits < span.length() && span.charAt(digits) >= '0' && span.charAt(digits) <= '9') {
            digits++;
        }
        if (digits == 0 || digits > MOST_DIGITS) {
            return null;
        }
        long number = Long.parseLong(span.substring(0, digits));
        return switch (span.substring(digits)) {
            case "ms" -> Duration.ofMillis(number);
            case "", "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> null;
        };
    }
}
