package io.pagecache.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** {@code delta-seconds} (RFC 9111 section 1.2.2): digits, clamped at 2^31 seconds. */
public final class DeltaSeconds {
    /** What any greater number counts as. */
    public static final Duration MAX = Duration.ofSeconds(1L << 31);

    private DeltaSeconds() {}

    /** The duration, or null when the text is anything but digits. */
    public static @Nullable Duration parse(String text) {
        if (text.isEmpty()) {
            return null;
        }
        long seconds = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return null;
            }
            seconds = Math.min(seconds * 10 + (c - '0'), MAX.toSeconds());
        }
        return Duration.ofSeconds(seconds);
    }
}
