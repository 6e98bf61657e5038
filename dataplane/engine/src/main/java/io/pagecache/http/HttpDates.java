package io.pagecache.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Dates of HTTP fields (RFC 9110 section 5.6.7). Strict: anything but the three forms is no date; only the case of letters does not
 * count, as RFC 9111 section 4.2 asks of caches.
 */
public final class HttpDates {
    private static final String[] DAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    private static final String[] LONG_DAYS = {
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"
    };
    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };

    private HttpDates() {}

    /**
     * Reads an IMF-fixdate, an RFC 850 date or an asctime date.
     *
     * @param now decides the century of RFC 850's two-digit years: never more than 50 years ahead
     * @return null when the text is none of them, or a date that does not exist
     */
    public static @Nullable Instant parse(String text, Instant now) {
        int comma = text.indexOf(',');
        if (comma == 3 && text.length() == 29) {
            return imfFixdate(text);
        }
        return comma > 0 ? rfc850(text, comma, now) : asctime(text);
    }

    /** The date of a single-valued field, or null when it is absent or its first line is no date. */
    public static @Nullable Instant of(Headers headers, String field, Instant now) {
        String value = headers.first(field);
        return value == null ? null : parse(value, now);
    }

    /** Whole seconds as IMF-fixdate, such as {@code Sun, 06 Nov 1994 08:49:37 GMT}. */
    public static String format(Instant instant) {
        OffsetDateTime time = instant.atOffset(ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(29);
        text.append(DAYS[time.getDayOfWeek().getValue() - 1]).append(", ");
        twoDigits(text, time.getDayOfMonth()).append(' ');
        text.append(MONTHS[time.getMonthValue() - 1]).append(' ');
        twoDigits(text, time.getYear() / 100);
        twoDigits(text, time.getYear() % 100).append(' ');
        twoDigits(text, time.getHour()).append(':');
        twoDigits(text, time.getMinute()).append(':');
        return twoDigits(text, time.getSecond()).append(" GMT").toString();
    }

    private static StringBuilder twoDigits(StringBuilder text, int value) {
        return text.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
    }

    /** {@code Sun, 06 Nov 1994 08:49:37 GMT} */
    private static @Nullable Instant imfFixdate(String text) {
        boolean shaped = text.startsWith(", ", 3)
                && text.charAt(7) == ' '
                && text.charAt(11) == ' '
                && text.charAt(16) == ' '
                && isGmt(text, 25);
        if (!shaped) {
            return null;
        }
        int day = number(text, 5, 7);
        int month = indexOf(MONTHS, text.substring(8, 11));
        return instant(indexOf(DAYS, text.substring(0, 3)), number(text, 12, 16), month, day, text.substring(17, 25));
    }

    /** {@code Sunday, 06-Nov-94 08:49:37 GMT} */
    private static @Nullable Instant rfc850(String text, int comma, Instant now) {
        int at = comma + 2;
        boolean shaped = text.length() == comma + 24
                && text.charAt(comma + 1) == ' '
                && text.charAt(at + 2) == '-'
                && text.charAt(at + 6) == '-'
                && text.charAt(at + 9) == ' '
                && isGmt(text, at + 18);
        int twoDigitYear = shaped ? number(text, at + 7, at + 9) : -1;
        if (twoDigitYear < 0) {
            return null;
        }
        int thisYear = now.atOffset(ZoneOffset.UTC).getYear();
        int year = thisYear - thisYear % 100 + twoDigitYear;
        if (year > thisYear + 50) {
            year -= 100;
        }
        int month = indexOf(MONTHS, text.substring(at + 3, at + 6));
        int weekday = indexOf(LONG_DAYS, text.substring(0, comma));
        return instant(weekday, year, month, number(text, at, at + 2), text.substring(at + 10, at + 18));
    }

    /** {@code Sun Nov  6 08:49:37 1994} */
    private static @Nullable Instant asctime(String text) {
        boolean shaped = text.length() == 24
                && text.charAt(3) == ' '
                && text.charAt(7) == ' '
                && text.charAt(10) == ' '
                && text.charAt(19) == ' ';
        if (!shaped) {
            return null;
        }
        int day = text.charAt(8) == ' ' ? number(text, 9, 10) : number(text, 8, 10);
        int month = indexOf(MONTHS, text.substring(4, 7));
        return instant(indexOf(DAYS, text.substring(0, 3)), number(text, 20, 24), month, day, text.substring(11, 19));
    }

    /** @param time {@code 08:49:37}; a leap second counts as the second before it */
    private static @Nullable Instant instant(int weekday, int year, int month, int day, String time) {
        int hour = number(time, 0, 2);
        int minute = number(time, 3, 5);
        int second = number(time, 6, 8);
        boolean numbers = weekday >= 0 && month >= 0 && year >= 0 && day > 0 && hour >= 0 && minute >= 0 && second >= 0;
        if (!numbers || second > 60 || time.charAt(2) != ':' || time.charAt(5) != ':') {
            return null;
        }
        try {
            LocalDate date = LocalDate.of(year, month + 1, day);
            boolean rightDay = date.getDayOfWeek().getValue() - 1 == weekday;
            LocalDateTime moment = date.atTime(hour, minute, Math.min(second, 59));
            return rightDay ? moment.toInstant(ZoneOffset.UTC) : null;
        } catch (DateTimeException impossibleDate) {
            return null;
        }
    }

    private static boolean isGmt(String text, int at) {
        return text.regionMatches(true, at, " GMT", 0, 4);
    }

    private static int indexOf(String[] names, String name) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }

    /** The number written in these places, or -1 when there is anything but digits. */
    private static int number(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            if (!Grammar.isDigit(text.charAt(i))) {
                return -1;
            }
            value = value * 10 + (text.charAt(i) - '0');
        }
        return value;
    }
}
