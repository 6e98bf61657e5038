package io.pagecache.operator.compile;

import io.pagecache.api.v1alpha1.PageCachePurgeSpec;
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
        PageCachePurgeSpec.Scopes said = spec.scopes();
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
        return new PurgeGrammar.Parsed(
                scopes,
                switch (spec.mode()) {
                    case SOFT -> PurgeMode.SOFT;
                    case HARD -> PurgeMode.HARD;
                });
    }
}
