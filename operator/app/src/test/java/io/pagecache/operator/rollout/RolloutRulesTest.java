package io.pagecache.operator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolloutRulesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @ParameterizedTest(name = "observed {0}, updated {1}, all {2}, available {3}: complete {4}")
    @CsvSource({
        "5, 2, 2, 2, true",
        "4, 2, 2, 2, false",
        "5, 1, 2, 2, false",
        "5, 2, 3, 3, false",
        "5, 2, 2, 1, false",
        "6, 2, 2, 2, true"
    })
    void shouldBeCompleteWhenOnlyNewPodsAreThereAndAvailable(
            long observed, int updated, int all, int available, boolean complete) {
        WorkloadState state = RolloutRules.of(deployment(observed, updated, all, available), List.of(), NOW);

        assertThat(state).isEqualTo(complete ? new WorkloadState.Complete("u/3") : new WorkloadState.Rolling("u/3"));
    }

    @Test
    void shouldWaitForPodsThatFinishTheirRequestsButNotForEver() {
        Deployment rolledOut = deployment(5, 2, 2, 2);

        assertThat(RolloutRules.of(rolledOut, List.of(stopping("2026-11-22T12:00:30Z", "Running")), NOW))
                .isInstanceOf(WorkloadState.Rolling.class);
        assertThat(RolloutRules.of(rolledOut, List.of(stopping("2026-11-22T12:00:30Z", "Succeeded")), NOW))
                .isInstanceOf(WorkloadState.Complete.class);
        assertThat(RolloutRules.of(rolledOut, List.of(stopping("2026-11-22T12:00:00Z", "Running")), NOW))
                .isInstanceOf(WorkloadState.Complete.class);
    }

    @Test
    void shouldBeRollingBeforeAControllerHasLooked() {
        Deployment unseen = deployment(5, 2, 2, 2);
        unseen.setStatus(null);

        assertThat(RolloutRules.of(unseen, List.of(), NOW)).isEqualTo(new WorkloadState.Rolling("u/3"));
    }

    @ParameterizedTest(name = "updated {0}, ready {1}, partition {2}: complete {3}")
    @CsvSource({"3, 3, 0, true", "2, 3, 0, false", "3, 2, 0, false", "1, 3, 2, true"})
    void shouldFollowAStatefulSetDownToItsPartition(int updated, int ready, int partition, boolean complete) {
        WorkloadState state = RolloutRules.of(statefulSet(updated, ready, partition), List.of(), NOW);

        assertThat(state instanceof WorkloadState.Complete).isEqualTo(complete);
    }

    @Test
    void shouldNameTheContentOfAConfigMapAndNothingElse() {
        WorkloadState one = RolloutRules.of(new ConfigMapBuilder()
                .withNewMetadata()
                .withLabels(Map.of("a", "b"))
                .endMetadata()
                .addToData("x", "1")
                .build());
        WorkloadState relabelled =
                RolloutRules.of(new ConfigMapBuilder().addToData("x", "1").build());
        WorkloadState edited =
                RolloutRules.of(new ConfigMapBuilder().addToData("x", "2").build());

        assertThat(relabelled).isEqualTo(one);
        assertThat(edited).isInstanceOf(WorkloadState.Complete.class).isNotEqualTo(one);
    }

    private static Deployment deployment(long observed, int updated, int all, int available) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withUid("u")
                .withGeneration(5L)
                .withAnnotations(Map.of("deployment.kubernetes.io/revision", "3"))
                .endMetadata()
                .withNewSpec()
                .withReplicas(2)
                .endSpec()
                .withNewStatus()
                .withObservedGeneration(observed)
                .withUpdatedReplicas(updated)
                .withReplicas(all)
                .withAvailableReplicas(available)
                .endStatus()
                .build();
    }

    private static StatefulSet statefulSet(int updated, int ready, int partition) {
        return new StatefulSetBuilder()
                .withNewMetadata()
                .withUid("u")
                .withGeneration(5L)
                .endMetadata()
                .withNewSpec()
                .withReplicas(3)
                .withNewUpdateStrategy()
                .withNewRollingUpdate()
                .withPartition(partition)
                .endRollingUpdate()
                .endUpdateStrategy()
                .endSpec()
                .withNewStatus()
                .withObservedGeneration(5L)
                .withUpdateRevision("search-7d")
                .withUpdatedReplicas(updated)
                .withReadyReplicas(ready)
                .endStatus()
                .build();
    }

    private static Pod stopping(String end, String phase) {
        return new PodBuilder()
                .withNewMetadata()
                .withDeletionTimestamp(end)
                .endMetadata()
                .withNewStatus()
                .withPhase(phase)
                .endStatus()
                .build();
    }
}
