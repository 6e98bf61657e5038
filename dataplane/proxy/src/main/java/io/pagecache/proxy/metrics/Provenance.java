package io.pagecache.proxy.metrics;

import io.pagecache.status.Reason;
import io.pagecache.template.MarkerProblem;
import java.util.List;

/**
 * Where an answer came from and why.
 *
 * @param rule name of the rule that applied, {@code -} when none was looked for
 * @param ageSeconds age of a stored page, -1 for what was not stored
 * @param originStatus status of the origin's answer, 0 when it was not asked
 * @param originMicros from asking the origin to the head of its answer, 0 when it was not asked
 * @param problems what is wrong with the markers of the page
 */
public record Provenance(
        Outcome outcome,
        Reason reason,
        String rule,
        long ageSeconds,
        int originStatus,
        long originMicros,
        List<MarkerProblem> problems) {

    public static final String NO_RULE = "-";

    public Provenance(
            Outcome outcome, Reason reason, String rule, long ageSeconds, int originStatus, long originMicros) {
        this(outcome, reason, rule, ageSeconds, originStatus, originMicros, List.of());
    }

    public Provenance withProblems(List<MarkerProblem> found) {
        return found.isEmpty()
                ? this
                : new Provenance(outcome, reason, rule, ageSeconds, originStatus, originMicros, found);
    }

    public static Provenance local(Outcome outcome, Reason reason, String rule) {
        return new Provenance(outcome, reason, rule, -1, 0, 0);
    }
}
