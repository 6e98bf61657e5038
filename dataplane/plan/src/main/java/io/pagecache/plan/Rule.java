package io.pagecache.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which requests behave how.
 *
 * @param name unique within the plan; a metric label and the rule's name in explain
 * @param path null matches every path
 * @param methods upper case; empty matches every method
 * @param hosts lower case without port; empty matches every host
 * @param behaviour complete: already merged with the policy's defaults
 */
public record Rule(
        String name, @Nullable PathMatch path, List<String> methods, List<String> hosts, Behaviour behaviour) {

    public Rule {
        methods = List.copyOf(methods);
        hosts = List.copyOf(hosts);
    }

    /**
     * @param type how {@code value} is compared with the request's path (without query)
     * @param value a path, or an RE2 expression that must match the whole path
     */
    public record PathMatch(Type type, String value) {
        public enum Type {
            EXACT,
            /** Whole path segments: {@code /news} matches {@code /news} and {@code /news/today}, not {@code /newsletter}. */
            PREFIX,
            REGEX
        }
    }
}
