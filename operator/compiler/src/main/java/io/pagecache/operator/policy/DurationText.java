package io.pagecache.operator.policy;

import java.time.Duration;
import java.util.Optional;

/**
 * Durations as people write them: one to four numbers of at most five digits, each with a unit of {@code h}, {@code m},
 * {@code s}
 * or {@code ms} (GEP-2257).
 */
public final class DurationText {
    public static final String EXPECTED = "expected a duration such as 30s, 1h30m or 500ms";

    private static final int MOST_PARTS = 4;
    private static final int MOST_DIGITS = 5;

    private DurationText() {}

    /** The duration, or empty when the text is none. */
    public static Optional<Duration> parse(String text) {
        Duration sum = Duration.ZERO;
        int at = 0;
        int parts = 0;
        do {
            int digits = digitsFrom(text, at);
            int unit = at + digits;
            int length = unitLength(text, unit);
            if (digits == 0 || digits > MOST_DIGITS || length == 0 || ++parts > MOST_PARTS) {
                return Optional.empty();
            }
            sum = sum.plus(durationOf(Integer.parseInt(text, at, unit, 10), text.substring(unit, unit + length)));
            at = unit + length;
        } while (at < text.length());
        return Optional.of(sum);
    }

    /**
     * The duration of a text that was checked before.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Duration parseChecked(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("'" + text + "': " + EXPECTED));
    }

    private static int digitsFrom(String text, int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end - start;
    }

    private static int unitLength(String text, int at) {
        if (text.startsWith("ms", at)) {
            return 2;
        }
        return at < text.length() && "hms".indexOf(text.charAt(at)) >= 0 ? 1 : 0;
    }

    private static Duration durationOf(int count, String unit) {
        return switch (unit) {
            case "h" -> Duration.ofHours(count);
            case "m" -> Duration.ofMinutes(count);
            case "s" -> Duration.ofSeconds(count);
            default -> Duration.ofMillis(count);
        };
    }
}
