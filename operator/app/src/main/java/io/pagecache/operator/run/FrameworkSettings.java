package io.pagecache.operator.run;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.pagecache.operator.config.OperatorConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;

/** Our settings in the operator framework's words. */
@Singleton
public class FrameworkSettings {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);
    private static final double RETRY_GROWTH = 2;
    private static final Duration TO_FINISH_PASSES = Duration.ofSeconds(5);

    private final OperatorConfig config;
    private final KubernetesClient client;
    private final PassMetrics metrics;

    public FrameworkSettings(OperatorConfig config, KubernetesClient client, PassMetrics metrics) {
        this.config = config;
        this.client = client;
        this.metrics = metrics;
    }

    boolean electsLeader() {
        return config.leaderElection().enabled();
    }

    /** Namespaces to watch; empty means all. */
    Set<String> namespaces() {
        return config.namespaces().orElse(Set.of());
    }

    void configure(ConfigurationServiceOverrider service, LeaderCallbacks leadership) {
        service.withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withStopOnInformerErrorDuringStartup(true)
                .withReconciliationTerminationTimeout(TO_FINISH_PASSES)
                // Our objects carry no bookkeeping of the framework; their events cost one cheap pass.
                .withPreviousAnnotationForDependentResources(false)
                .withMetrics(metrics);
        if (electsLeader()) {
            service.withLeaderElectionConfiguration(leaderElection(leadership));
        }
    }

    <R extends HasMetadata> void configure(ControllerConfigurationOverrider<R> controller) {
        if (namespaces().isEmpty()) {
            controller.watchingAllNamespaces();
        } else {
            controller.settingNamespaces(namespaces());
        }
        controller
                .withReconciliationMaxInterval(config.passes().resync())
                .withRetry(new GenericRetry()
                        .setInitialInterval(FIRST_RETRY)
                        .setIntervalMultiplier(RETRY_GROWTH)
                        .setMaxInterval(LONGEST_RETRY.toMillis())
                        .withoutMaxAttempts());
    }

    private LeaderElectionConfiguration leaderElection(LeaderCallbacks leadership) {
        OperatorConfig.LeaderElection wanted = config.leaderElection();
        LeaderElectionConfigurationBuilder builder = LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(
                        wanted.leaseName())
                .withExitOnStopLeading(false)
                .withLeaderCallbacks(leadership);
        wanted.namespace().ifPresent(builder::withLeaseNamespace);
        wanted.identity().ifPresent(builder::withIdentity);
        return builder.build();
    }
}
