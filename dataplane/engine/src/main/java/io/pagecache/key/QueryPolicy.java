package io.pagecache.key;

import io.pagecache.plan.Behaviour.QueryKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Applies a rule's query policy. The outcome is both keyed and forwarded, so a parameter that does not tell pages apart cannot
 * change one either. Parameters are separated by {@code &} only and names are compared as sent: an application that also splits
 * at {@code ;} or decodes names sees no more than what is in the key.
 */
final class QueryPolicy {
    private QueryPolicy() {}

    /** The query as keyed and forwarded; null when there is none or nothing is left of it. */
    static @Nullable String apply(@Nullable String query, QueryKey policy) {
        if (query == null) {
            return null;
        }
        return switch (policy.mode()) {
            case ALL, BYPASS -> query;
            case IGNORE -> null;
            case ONLY -> kept(query, policy.names(), true);
            case EXCEPT -> kept(query, policy.names(), false);
        };
    }

    private static @Nullable String kept(String query, List<String> names, boolean keepNamed) {
        StringBuilder kept = new StringBuilder(query.length());
        int start = 0;
        while (start <= query.length()) {
            int separator = query.indexOf('&', start);
            int end = separator < 0 ? query.length() : separator;
            if (end > start && isNamed(query, start, end, names) == keepNamed) {
                kept.append(kept.isEmpty() ? "" : "&").append(query, start, end);
            }
            start = end + 1;
        }
        return kept.isEmpty() ? null : kept.toString();
    }

    private static boolean isNamed(String query, int start, int end, List<String> names) {
        int equals = query.indexOf('=', start, end);
        int length = (equals < 0 ? end : equals) - start;
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (name.length() == length && query.startsWith(name, start)) {
                return true;
            }
        }
        return false;
    }
}
