package io.pagecache.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code No-Vary-Search} says about the queries of a path (draft-ietf-httpbis-no-vary-search). Names are compared decoded; what is
 * left of a query stays as it was written.
 *
 * @param keyOrder whether the order of parameters means nothing
 * @param allBut whether {@code names} are the only parameters that tell pages apart, instead of those that do not
 */
public record NoVarySearch(boolean keyOrder, boolean allBut, Set<String> names) {
    private static final String FIELD = "No-Vary-Search";

    /** Names in one field; with more, every parameter counts. */
    static final int MOST_NAMES = 64;

    public NoVarySearch {
        names = Set.copyOf(names);
    }

    /** What the field says, or null when every parameter counts: it is absent, malformed, too long, or says just that. */
    public static @Nullable NoVarySearch of(Headers headers) {
        List<String> lines = headers.all(FIELD);
        Map<String, Object> members = lines.isEmpty() ? null : StructuredDictionary.parse(lines);
        if (members == null) {
            return null;
        }
        Object order = members.getOrDefault("key-order", false);
        Object params = members.getOrDefault("params", false);
        Object except = members.get("except");
        boolean allBut = Boolean.TRUE.equals(params);
        List<String> named = strings(allBut ? except : params);
        boolean wellFormed = order instanceof Boolean
                && (params instanceof Boolean || params instanceof List)
                && (except == null || (allBut && except instanceof List))
                && named.size() <= MOST_NAMES;
        boolean says = Boolean.TRUE.equals(order) || allBut || !named.isEmpty();
        return wellFormed && says
                ? new NoVarySearch(Boolean.TRUE.equals(order), allBut, Set.copyOf(decoded(named)))
                : null;
    }

    private static List<String> strings(@Nullable Object member) {
        List<String> strings = new ArrayList<>();
        if (member instanceof List<?> list) {
            for (Object item : list) {
                strings.add((String) item);
            }
        }
        return strings;
    }

    private static List<String> decoded(List<String> names) {
        return names.stream().distinct().map(NoVarySearch::decode).distinct().toList();
    }

    /** The query that stands for all that mean the same; null when nothing is left. */
    public @Nullable String apply(@Nullable String query) {
        if (query == null) {
            return null;
        }
        List<String> kept = new ArrayList<>();
        for (String pair : query.split("&", -1)) {
            if (!pair.isEmpty() && names.contains(name(pair)) == allBut) {
                kept.add(pair);
            }
        }
        if (keyOrder) {
            kept.sort(Comparator.comparing(NoVarySearch::name));
        }
        return kept.isEmpty() ? null : String.join("&", kept);
    }

    private static String name(String pair) {
        int equals = pair.indexOf('=');
        return decode(equals < 0 ? pair : pair.substring(0, equals));
    }

    /** As in forms; what is not encoded well stands for itself. */
    private static String decode(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }
}
