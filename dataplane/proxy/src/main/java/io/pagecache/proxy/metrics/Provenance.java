package io.pagecache.proxy.metrics;

import io.pagecache.status.Reason;

/**
 * Where an answer came from and why.
 *
 * @param rule name of the rule that applied, {@code -} when none was looked for
 * @param ageSeconds age of a stored page, -1 for what was not stored
 * @param originStatus status of the origin's answer, 0 when it was not asked
 * @param originMicros from asking the origin to the head of its answer, 0 when it was not asked
 */
public record Provenance(
        Outcome outcome, Reason reason, String rule, long ageSeconds, int originStatus, long originMicros) {

    public static final String NO_RULE = "-";

    public static Provenance local(Outcome outcome, Reason reason, String rule) {
        return new Provenance(outcome, reason, rule, -1, 0, 0);
    }
}
