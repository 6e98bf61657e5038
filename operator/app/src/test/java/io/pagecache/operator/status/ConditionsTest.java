package io.pagecache.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionsTest {
    private static final Instant EARLIER = Instant.parse("2026-11-22T09:00:00.123Z");
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.456Z");

    @Test
    void shouldKeepTheTimeOfTheTransitionWhileTheTruthIsTheSame() {
        List<Condition> before =
                conditions(Finding.no(ConditionType.READY, "ProxiesNotReady", "0 of 2"), List.of(), EARLIER);

        List<Condition> after = conditions(Finding.no(ConditionType.READY, "ProxiesNotReady", "1 of 2"), before, NOW);

        assertThat(after.getFirst().getLastTransitionTime()).isEqualTo("2026-11-22T09:00:00Z");
        assertThat(after.getFirst().getMessage()).isEqualTo("1 of 2");
        assertThat(after.getFirst().getObservedGeneration()).isEqualTo(3);
    }

    @Test
    void shouldNoteTheTimeWhenTheTruthTurns() {
        List<Condition> before = conditions(Finding.no(ConditionType.READY, "ProxiesNotReady", ""), List.of(), EARLIER);

        List<Condition> after = conditions(Finding.yes(ConditionType.READY, "Ready", ""), before, NOW);

        assertThat(after.getFirst().getLastTransitionTime()).isEqualTo("2026-11-22T10:00:00Z");
    }

    @Test
    void shouldBeEqualWhenNothingChanged() {
        Finding ready = Finding.yes(ConditionType.READY, "Ready", "2 of 2");
        List<Condition> before = conditions(ready, List.of(), EARLIER);

        assertThat(conditions(ready, before, NOW)).isEqualTo(before);
    }

    private static List<Condition> conditions(Finding finding, List<Condition> before, Instant now) {
        return Conditions.of(List.of(finding), before, 3L, now);
    }
}
