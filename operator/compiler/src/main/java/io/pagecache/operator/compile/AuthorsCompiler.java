package io.pagecache.operator.compile;

import io.pagecache.api.v1alpha1.AuthorsSpec;
import io.pagecache.operator.policy.DurationText;
import io.pagecache.plan.Authors;

/** From {@code spec.authors} to what proxies know of authors. */
final class AuthorsCompiler {
    private AuthorsCompiler() {}

    static Authors compile(AuthorsSpec authors) {
        return new Authors(
                authors.editRequests().stream().map(AuthorsCompiler::edit).toList(),
                authors.identifyBy().stream().map(AuthorsCompiler::identity).toList(),
                switch (authors.mode()) {
                    case QUIET -> Authors.Mode.QUIET;
                    case IMMEDIATE -> Authors.Mode.IMMEDIATE;
                },
                DurationText.parseChecked(authors.quietPeriod()),
                DurationText.parseChecked(authors.minOthersQuiet()));
    }

    private static Authors.EditRequest edit(AuthorsSpec.EditRequest edit) {
        return new Authors.EditRequest(
                edit.methods(), PlanCompiler.path(edit.path()), BehaviourCompiler.lowerCase(edit.hosts()));
    }

    private static Authors.Identity identity(AuthorsSpec.Identity identity) {
        return switch (identity) {
            case COOKIE -> Authors.Identity.COOKIE;
            case CLIENT_IP -> Authors.Identity.CLIENT_IP;
        };
    }
}
