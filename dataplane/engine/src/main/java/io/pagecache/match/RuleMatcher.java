package io.pagecache.match;

import io.pagecache.http.HostName;
import io.pagecache.http.PageRequest;
import io.pagecache.plan.CachePlan;
import io.pagecache.plan.Rule;
import io.pagecache.plan.Rule.PathMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Finds the rule of a request: the first that matches, or the plan's defaults. Compiled once per plan. */
public final class RuleMatcher {
    /** Name of the rule that holds where no other matches. */
    public static final String DEFAULTS = "defaults";

    private record Compiled(Rule rule, Predicate<String> path) {}

    private final List<Compiled> rules;
    private final Rule defaults;

    /** @throws io.pagecache.plan.InvalidPlanException when a rule's expression is not RE2 */
    public RuleMatcher(CachePlan plan) {
        List<Compiled> compiled = new ArrayList<>(plan.rules().size());
        for (Rule rule : plan.rules()) {
            compiled.add(new Compiled(rule, path(rule)));
        }
        this.rules = List.copyOf(compiled);
        this.defaults = new Rule(DEFAULTS, null, List.of(), List.of(), plan.defaults());
    }

    public Rule match(PageRequest request) {
        for (int i = 0; i < rules.size(); i++) {
            Compiled candidate = rules.get(i);
            if (matches(candidate, request)) {
                return candidate.rule();
            }
        }
        return defaults;
    }

    private static boolean matches(Compiled candidate, PageRequest request) {
        Rule rule = candidate.rule();
        return (rule.methods().isEmpty() || rule.methods().contains(request.method()))
                && (rule.hosts().isEmpty() || rule.hosts().contains(HostName.withoutPort(request.host())))
                && candidate.path().test(request.path());
    }

    private static Predicate<String> path(Rule rule) {
        PathMatch match = rule.path();
        if (match == null) {
            return path -> true;
        }
        return switch (match.type()) {
            case EXACT -> match.value()::equals;
            case PREFIX -> segmentsOf(match.value());
            case REGEX ->
                Expression.compile("rules[%s].path.value".formatted(rule.name()), match.value())::matchesWhole;
        };
    }

    /** {@code /news} and {@code /news/} alike cover {@code /news}, {@code /news/} and all below, not {@code /newsletter}. */
    private static Predicate<String> segmentsOf(String prefix) {
        String whole = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
        return path ->
                path.startsWith(whole) && (path.length() == whole.length() || path.charAt(whole.length()) == '/');
    }
}
