package io.pagecache.operator.status;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Findings as conditions: the time of a transition is kept as long as the truth is the same. */
public final class Conditions {
    private static final int MAX_MESSAGE_LENGTH = 32_768;

    private Conditions() {}

    public static List<Condition> of(
            List<Finding> findings, @Nullable List<Condition> previous, @Nullable Long generation, Instant now) {
        List<Condition> before = previous == null ? List.of() : previous;
        return findings.stream()
                .map(finding -> condition(finding, find(before, finding.type()), generation, now))
                .toList();
    }

    public static Optional<Condition> find(@Nullable List<Condition> conditions, ConditionType type) {
        return conditions == null
                ? Optional.empty()
                : conditions.stream()
                        .filter(condition -> type.toString().equals(condition.getType()))
                        .findFirst();
    }

    private static Condition condition(
            Finding finding, Optional<Condition> previous, @Nullable Long generation, Instant now) {
        String since = previous.filter(before -> finding.truth().toString().equals(before.getStatus()))
                .map(Condition::getLastTransitionTime)
                .filter(Objects::nonNull)
                .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
        String message = finding.message();
        return new ConditionBuilder()
                .withType(finding.type().toString())
                .withStatus(finding.truth().toString())
                .withReason(finding.reason())
                .withMessage(
                        message.length() <= MAX_MESSAGE_LENGTH ? message : message.substring(0, MAX_MESSAGE_LENGTH))
                .withLastTransitionTime(since)
                .withObservedGeneration(generation)
                .build();
    }
}
