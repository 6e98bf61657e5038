package io.pagecache.standalone.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Fields that nobody knows, and the ones that were probably meant. */
final class UnknownField {
    /** More changes than this make another word, not a misspelling. */
    private static final int MOST_CHANGES = 3;

    private UnknownField() {}

    static String message(String name, JsonNode properties) {
        List<String> known = new ArrayList<>();
        properties.fieldNames().forEachRemaining(known::add);
        Optional<String> meant = known.stream()
                .filter(candidate -> changes(name, candidate) <= Math.min(MOST_CHANGES, name.length() / 2))
                .min(Comparator.<String>comparingInt(candidate -> changes(name, candidate))
                        .thenComparing(candidate -> !candidate.startsWith(name.substring(0, 1))));
        return meant.map("unknown field: did you mean %s?"::formatted)
                .orElseGet(() -> known.isEmpty()
                        ? "unknown field: expected none here"
                        : "unknown field: expected one of " + String.join(", ", known));
    }

    /** Levenshtein's distance, upper and lower case being the same. */
    private static int changes(String from, String to) {
        int[] previous = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] current = new int[to.length() + 1];
            current[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                boolean isSame = Character.toLowerCase(from.charAt(i - 1)) == Character.toLowerCase(to.charAt(j - 1));
                int replaced = previous[j - 1] + (isSame ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
