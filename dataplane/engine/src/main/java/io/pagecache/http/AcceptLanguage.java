package io.pagecache.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which of a site's languages a reader gets (RFC 4647 section 3.4, lookup). */
public final class AcceptLanguage {
    /** Ranges looked at: nobody reads more languages, and the work stays bounded. */
    private static final int MOST_RANGES = 32;

    private record Range(String tag, int weight) {}

    private AcceptLanguage() {}

    /**
     * The first offered language that the reader's ranges lead to, best weight first; ranges of equal weight in the order sent.
     *
     * @param offered language tags of the site; not empty
     * @return one of {@code offered}, the first of them when nothing matches
     */
    public static String lookup(Headers headers, List<String> offered) {
        String field = headers.combined("Accept-Language");
        if (field != null) {
            for (Range range : ranges(field)) {
                String found = lookup(range.tag(), offered);
                if (found != null) {
                    return found;
                }
            }
        }
        return offered.getFirst();
    }

    private static List<Range> ranges(String field) {
        List<Range> ranges = new ArrayList<>(4);
        int start = 0;
        while (start <= field.length() && ranges.size() < MOST_RANGES) {
            int comma = field.indexOf(',', start);
            int end = comma < 0 ? field.length() : comma;
            int semicolon = field.indexOf(';', start, end);
            int tagEnd = semicolon < 0 ? end : semicolon;
            String tag = Grammar.trimmed(field, start, tagEnd);
            int weight = QualityValue.parse(field, tagEnd, end);
            if (weight > 0 && !tag.isEmpty() && !tag.equals("*")) {
                insertByWeight(ranges, new Range(tag, weight));
            }
            start = end + 1;
        }
        return ranges;
    }

    private static void insertByWeight(List<Range> ranges, Range range) {
        int at = ranges.size();
        while (at > 0 && ranges.get(at - 1).weight() < range.weight()) {
            at--;
        }
        ranges.add(at, range);
    }

    /** Shortens the range subtag by subtag until a language matches. */
    private static @Nullable String lookup(String range, List<String> offered) {
        String candidate = range;
        while (!candidate.isEmpty()) {
            for (int i = 0; i < offered.size(); i++) {
                if (offered.get(i).equalsIgnoreCase(candidate)) {
                    return offered.get(i);
                }
            }
            candidate = shortened(candidate);
        }
        return null;
    }

    private static String shortened(String tag) {
        int hyphen = tag.lastIndexOf('-');
        if (hyphen >= 2 && tag.charAt(hyphen - 2) == '-') {
            hyphen -= 2; // a single letter or digit announces what was just cut
        }
        return hyphen <= 0 ? "" : tag.substring(0, hyphen);
    }
}
