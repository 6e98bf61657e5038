package io.pagecache.http;

import io.pagecache.plan.Behaviour.RequestCookies;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cookies of a request (RFC 6265 section 5.4), read in one pass however many there are. */
public final class Cookies {

    /** Sees each cookie once. */
    @FunctionalInterface
    private interface Visitor {
        /** @return whether to go on */
        boolean cookie(String line, int nameEnd, int from, int to);
    }

    private Cookies() {}

    /** Value of the first cookie with this name as sent, quotes included; null when there is none. */
    public static @Nullable String value(Headers headers, String name) {
        String[] found = new String[1];
        scan(headers, (line, nameEnd, from, to) -> {
            if (nameEnd - from != name.length() || !line.startsWith(name, from)) {
                return true;
            }
            found[0] = line.substring(Math.min(nameEnd + 1, to), to);
            return false;
        });
        return found[0];
    }

    public static boolean contains(Headers headers, String name) {
        return value(headers, name) != null;
    }

    /**
     * The {@code Cookie} field that may reach the origin, or null when none may or there is nothing left.
     *
     * @param withheld names of cookies that never do
     */
    public static @Nullable String filtered(Headers headers, RequestCookies allowed, List<String> withheld) {
        return switch (allowed.mode()) {
            case FORWARD -> joined(headers, null, withheld);
            case STRIP -> null;
            case ONLY -> joined(headers, allowed.names(), withheld);
        };
    }

    /** The same fields without the cookies of this name. */
    public static Headers without(Headers headers, String name) {
        if (!contains(headers, name)) {
            return headers;
        }
        List<String> unwanted = List.of(name);
        StringBuilder kept = new StringBuilder();
        scan(headers, (line, nameEnd, from, to) -> {
            if (!isNamed(line, from, nameEnd, unwanted)) {
                kept.append(kept.isEmpty() ? "" : "; ").append(line, from, to);
            }
            return true;
        });
        Headers.Builder others = headers.toBuilder().remove("Cookie");
        return kept.isEmpty()
                ? others.build()
                : others.add("Cookie", kept.toString()).build();
    }

    /** Whether each cookie that may reach the origin has one of these names. */
    public static boolean areAllNamed(Headers headers, RequestCookies allowed, List<String> names) {
        boolean[] all = {true};
        scan(headers, (line, nameEnd, from, to) -> {
            boolean forwarded =
                    allowed.mode() == RequestCookies.Mode.FORWARD || isNamed(line, from, nameEnd, allowed.names());
            all[0] = !forwarded || isNamed(line, from, nameEnd, names);
            return all[0];
        });
        return all[0];
    }

    private static @Nullable String joined(Headers headers, @Nullable List<String> names, List<String> withheld) {
        StringBuilder kept = new StringBuilder();
        scan(headers, (line, nameEnd, from, to) -> {
            boolean named = names == null || isNamed(line, from, nameEnd, names);
            if (named && !isNamed(line, from, nameEnd, withheld)) {
                kept.append(kept.isEmpty() ? "" : "; ").append(line, from, to);
            }
            return true;
        });
        return kept.isEmpty() ? null : kept.toString();
    }

    private static boolean isNamed(String line, int from, int nameEnd, List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (nameEnd - from == name.length() && line.startsWith(name, from)) {
                return true;
            }
        }
        return false;
    }

    private static void scan(Headers headers, Visitor visitor) {
        for (String line : headers.all("Cookie")) {
            if (!scanLine(line, visitor)) {
                return;
            }
        }
    }

    private static boolean scanLine(String line, Visitor visitor) {
        int start = 0;
        while (start < line.length()) {
            int semicolon = line.indexOf(';', start);
            int end = semicolon < 0 ? line.length() : semicolon;
            int from = start;
            int to = end;
            while (from < to && Grammar.isBlank(line.charAt(from))) {
                from++;
            }
            while (to > from && Grammar.isBlank(line.charAt(to - 1))) {
                to--;
            }
            int equals = line.indexOf('=', from, to);
            int nameEnd = equals < 0 ? to : equals;
            if (to > from && !visitor.cookie(line, nameEnd, from, to)) {
                return false;
            }
            start = end + 1;
        }
        return true;
    }
}
