package io.pagecache.standalone.explain;

import io.pagecache.api.v1alpha1.PageCachePolicySpec;
import io.pagecache.api.v1alpha1.RuleSpec;
import io.pagecache.plan.ExplainRequest;
import io.pagecache.plan.Explanation;
import io.pagecache.plan.Explanation.Keeping;
import io.pagecache.plan.Explanation.LifetimeSource;
import io.pagecache.plan.Explanation.Stored;
import org.jspecify.annotations.Nullable;

/** What a proxy does not know because its plan is merged: in which field of the file something stands. */
public final class PolicyFields {
    private static final String POLICY = "policy";

    private PolicyFields() {}

    /** A path alone is of the first host that the policy names. */
    public static ExplainRequest complete(ExplainRequest question, PageCachePolicySpec spec) {
        if (!question.url().startsWith("/")) {
            return question;
        }
        String host = spec.hosts().isEmpty() ? "localhost" : spec.hosts().getFirst();
        return new ExplainRequest(
                "http://" + host + question.url(),
                question.method(),
                question.headers(),
                question.client(),
                question.answer(),
                question.ask());
    }

    /** The same with {@code ttl} where it stands: {@code spec.defaults.ttl}, {@code spec.rules[news].ttl}. */
    public static Explanation named(Explanation explanation, PageCachePolicySpec spec) {
        RuleSpec rule = spec.rules().stream()
                .filter(candidate -> candidate.name().equals(explanation.rule()))
                .findFirst()
                .orElse(null);
        Stored stored = explanation.stored();
        Keeping keeping = explanation.keeping();
        return new Explanation(
                explanation.rule(),
                explanation.decision(),
                explanation.reason(),
                explanation.status(),
                explanation.location(),
                explanation.key(),
                explanation.held(),
                stored,
                keeping == null ? null : named(keeping, rule));
    }

    private static Keeping named(Keeping keeping, @Nullable RuleSpec rule) {
        return new Keeping(
                keeping.status(),
                keeping.kept(),
                keeping.reason(),
                keeping.lifetime(),
                named(keeping.lifetimeSource(), rule),
                keeping.staleWhileRevalidate(),
                keeping.staleIfError(),
                keeping.tags(),
                keeping.varies());
    }

    private static LifetimeSource named(LifetimeSource source, @Nullable RuleSpec rule) {
        if (!source.from().equals(POLICY)) {
            return source;
        }
        boolean byRule =
                rule != null && (source.field().equals("ttl") ? rule.ttl() != null : rule.ttlByStatus() != null);
        String owner = byRule && rule != null ? "spec.rules[%s]".formatted(rule.name()) : "spec.defaults";
        return new LifetimeSource(POLICY, owner + "." + source.field());
    }
}
