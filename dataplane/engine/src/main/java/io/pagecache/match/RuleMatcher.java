package io.pagecache.match;

import io.pagecache.http.HostName;
import io.pagecache.http.PageRequest;
import io.pagecache.plan.CachePlan;
import io.pagecache.plan.Rule;
import io.pagecache.plan.Rule.PathMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds the rule of a request: the first that matches, or the plan's defaults. Compiled once per plan. */
public final class RuleMatcher {
    /** Name of the rule that holds where no other matches. */
    public static final String DEFAULTS = "defaults";

    private record Compiled(Rule rule, Predicate<PageRequest> requests) {}

    private final List<Compiled> rules;
    private final Rule defaults;

    /** @throws io.pagecache.plan.InvalidPlanException when a rule's expression is not RE2 */
    public RuleMatcher(CachePlan plan) {
        List<Compiled> compiled = new ArrayList<>(plan.rules().size());
        for (Rule rule : plan.rules()) {
            String field = "rules[%s]".formatted(rule.name());
            compiled.add(new Compiled(rule, requests(field, rule.path(), rule.methods(), rule.hosts())));
        }
        this.rules = List.copyOf(compiled);
        this.defaults = new Rule(DEFAULTS, null, List.of(), List.of(), plan.defaults());
    }

    public Rule match(PageRequest request) {
        for (int i = 0; i < rules.size(); i++) {
            Compiled candidate = rules.get(i);
            if (candidate.requests().test(request)) {
                return candidate.rule();
            }
        }
        return defaults;
    }

    /**
     * What matches requests by path, method and host: all that are given must match.
     *
     * @param field of the plan, for the message
     * @throws io.pagecache.plan.InvalidPlanException when the path's expression is not RE2
     */
    public static Predicate<PageRequest> requests(
            String field, @Nullable PathMatch path, List<String> methods, List<String> hosts) {
        Predicate<String> paths = paths(field, path);
        return request -> (methods.isEmpty() || methods.contains(request.method()))
                && (hosts.isEmpty() || hosts.contains(HostName.withoutPort(request.host())))
                && paths.test(request.path());
    }

    private static Predicate<String> paths(String field, @Nullable PathMatch match) {
        if (match == null) {
            return path -> true;
        }
        return switch (match.type()) {
            case EXACT -> match.value()::equals;
            case PREFIX -> segmentsOf(match.value());
            case REGEX -> Expression.compile(field + ".path.value", match.value())::matchesWhole;
        };
    }

    /** {@code /news} and {@code /news/} alike cover {@code /news}, {@code /news/} and all below, not {@code /newsletter}. */
    private static Predicate<String> segmentsOf(String prefix) {
        String whole = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
        return path ->
                path.startsWith(whole) && (path.length() == whole.length() || path.charAt(whole.length()) == '/');
    }
}
