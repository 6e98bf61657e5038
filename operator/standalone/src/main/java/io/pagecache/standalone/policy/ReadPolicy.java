package io.pagecache.standalone.policy;

import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.operator.policy.PurgeGrammar;
import io.pagecache.standalone.file.Position;
import io.pagecache.standalone.file.Problem;
import io.pagecache.standalone.file.YamlDocument;
import java.util.List;
import java.util.Optional;

/** What a policy file came to. */
public sealed interface ReadPolicy {

    /**
     * @param policy with all defaults, accepted by schema, rules and checks
     * @param purge what its purge annotation asks for, if it has one
     * @param document its text
     */
    record Valid(PageCachePolicy policy, Optional<PurgeRequest> purge, YamlDocument document) implements ReadPolicy {

        /** What is wrong with the purge annotation: the policy holds all the same. */
        public Optional<Problem> purgeProblem() {
            return purge.flatMap(PurgeRequest::problem);
        }
    }

    /** @param problems never empty, in the order of the text */
    record Invalid(List<Problem> problems) implements ReadPolicy {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }

    /**
     * @param token the annotation's value, which names the purge
     * @param where the annotation stands
     */
    record PurgeRequest(String token, PurgeGrammar.Result meaning, Position where) {
        static final String PATH = "metadata.annotations[" + PageCachePolicy.PURGE_ANNOTATION + "]";

        Optional<Problem> problem() {
            return switch (meaning) {
                case PurgeGrammar.Parsed parsed -> Optional.empty();
                case PurgeGrammar.Rejected(int column, String message) ->
                    Optional.of(new Problem(where, PATH, "at column %d of the value, %s".formatted(column, message)));
            };
        }
    }
}
