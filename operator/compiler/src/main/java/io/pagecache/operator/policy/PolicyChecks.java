package io.pagecache.operator.policy;

import io.pagecache.api.v1alpha1.PageCachePolicySpec;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What neither schema nor CEL can decide about a policy. The checks run in order; the first mistake rejects the policy.
 */
public final class PolicyChecks {

    /** @param firstMistake the first mistake of this kind in a policy, or empty */
    record Check(String name, Function<PageCachePolicySpec, Optional<Finding>> firstMistake) {}

    private final List<Check> checks;

    private PolicyChecks(List<Check> checks) {
        this.checks = List.copyOf(checks);
    }

    public static PolicyChecks standard() {
        return with(new TemplateStructure());
    }

    /** The standard checks with another judge of templates. */
    public static PolicyChecks with(TemplateCheck templates) {
        return new PolicyChecks(List.of(
                // A slipped-through duplicate would make one of the two unreachable.
                new Check("names are unique", NameChecks::firstMistake),
                new Check("durations can be read", DurationChecks::firstMistake),
                new Check("authors do not hold the site for ever", AuthorChecks::firstMistake),
                // The schema's pattern knows no calendar.
                new Check("times exist", TimeChecks::firstMistake),
                new Check("cookie lists can be read", CookieChecks::firstMistake),
                // The schema's pattern has no bound for the number.
                new Check("origins have a port", OriginChecks::firstMistake),
                new Check("sizes are possible", SizeChecks::firstMistake),
                new Check("resources suffice", ResourceChecks::firstMistake),
                new Check("address blocks can be read", AddressChecks::firstMistake),
                // Only RE2, and only small: an expression must not be able to stop a proxy, or the operator.
                new Check("expressions are RE2", ExpressionChecks::firstMistake),
                new Check("warm-ups have a site and a time", WarmUpChecks::firstMistake),
                new Check("rollouts can be told apart", RolloutChecks::firstMistake),
                // Whom the operator calls is not left to chance: it sees more of the cluster than the author of a
                // policy may.
                new Check("hooks lead to a named host", HookChecks::firstMistake),
                new Check("values have what they need", ValueChecks::firstMistake),
                new Check("what is always cached has a lifetime", LifetimeChecks::firstMistake),
                new Check("experiments can be told apart", ExperimentChecks::firstMistake),
                new Check("languages lead to one host each", RedirectChecks::firstMistake),
                new Check("templates are well-formed", new TemplateChecks(templates)::firstMistake)));
    }

    public Verdict check(PageCachePolicySpec spec) {
        for (Check check : checks) {
            Optional<Finding> mistake = check.firstMistake().apply(spec);
            if (mistake.isPresent()) {
                return new Verdict.Rejected(
                        Verdict.Reason.INVALID,
                        mistake.get().path(),
                        mistake.get().problem());
            }
        }
        return new Verdict.Accepted();
    }
}
