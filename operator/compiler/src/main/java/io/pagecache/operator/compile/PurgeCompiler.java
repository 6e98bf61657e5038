package io.pagecache.operator.compile;

import io.pagecache.api.v1alpha1.PageCachePurgeSpec;
import io.pagecache.api.v1alpha1.PurgingSpec;
import io.pagecache.operator.policy.DurationText;
import io.pagecache.operator.policy.PurgeGrammar;
import io.pagecache.plan.PurgeMode;
import io.pagecache.plan.PurgeScope;
import java.util.ArrayList;
import java.util.List;

/** From a {@code PageCachePurge} that passed its checks to what stands in the ledger. */
public final class PurgeCompiler {
    private PurgeCompiler() {}

    public static PurgeGrammar.Parsed compile(PageCachePurgeSpec spec) {
        return new PurgeGrammar.Parsed(scopes(spec.scopes()), mode(spec.mode()));
    }

    /** What a rollout purges, once the policy has passed its checks. */
    public static PurgeGrammar.Parsed compile(PurgingSpec.RolloutPurge purge) {
        PageCachePurgeSpec.Scopes said = purge.scopes();
        return new PurgeGrammar.Parsed(said == null ? List.of(new PurgeScope.All()) : scopes(said), mode(purge.mode()));
    }

    private static List<PurgeScope> scopes(PageCachePurgeSpec.Scopes said) {
        List<PurgeScope> scopes = new ArrayList<>();
        if (Boolean.TRUE.equals(said.all())) {
            scopes.add(new PurgeScope.All());
        }
        said.urls().forEach(url -> scopes.add(new PurgeScope.Url(url)));
        said.prefixes().forEach(prefix -> scopes.add(new PurgeScope.Prefix(prefix)));
        said.patterns().forEach(pattern -> scopes.add(new PurgeScope.Regex(pattern)));
        said.tags().forEach(tag -> scopes.add(new PurgeScope.Tag(tag)));
        said.users().forEach(user -> scopes.add(new PurgeScope.User(user)));
        said.elements().forEach(element -> scopes.add(new PurgeScope.Element(element)));
        if (said.olderThan() != null) {
            scopes.add(new PurgeScope.OlderThan(DurationText.parseChecked(said.olderThan())));
        }
        return scopes;
    }

    private static PurgeMode mode(PageCachePurgeSpec.Mode mode) {
        return switch (mode) {
            case SOFT -> PurgeMode.SOFT;
            case HARD -> PurgeMode.HARD;
        };
    }
}
