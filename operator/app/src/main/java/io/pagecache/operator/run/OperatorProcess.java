package io.pagecache.operator.run;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.api.v1alpha1.PageCachePurge;
import io.pagecache.operator.config.OperatorConfig;
import io.pagecache.operator.observe.StatisticsLoop;
import io.pagecache.operator.reconcile.policy.PageCachePolicyReconciler;
import io.pagecache.operator.reconcile.purge.PageCachePurgeReconciler;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Starts the controllers, once the API server answers: an operator that exits while it cannot be reached would only be restarted
 * into the same outage.
 */
@Singleton
public class OperatorProcess {
    private static final Logger log = Logger.getLogger(OperatorProcess.class);
    private static final Duration BETWEEN_PROBES = Duration.ofSeconds(2);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);
    private static final double RETRY_GROWTH = 2;

    private final OperatorConfig config;
    private final KubernetesClient client;
    private final PageCachePolicyReconciler policies;
    private final PageCachePurgeReconciler purges;
    private final StatisticsLoop statistics;
    private final Thread starter =
            Thread.ofPlatform().name("operator-start").unstarted(this::startOnceTheApiServerAnswers);
    private volatile boolean stopping;
    private volatile OperatorState state = new OperatorState.Starting("not tried yet");

    public OperatorProcess(
            OperatorConfig config,
            KubernetesClient client,
            PageCachePolicyReconciler policies,
            PageCachePurgeReconciler purges,
            StatisticsLoop statistics) {
        this.config = config;
        this.client = client;
        this.policies = policies;
        this.purges = purges;
        this.statistics = statistics;
    }

    void onStart(@Observes StartupEvent event) {
        starter.start();
    }

    void onStop(@Observes ShutdownEvent event) {
        stopping = true;
        statistics.stop();
        starter.interrupt();
        if (state instanceof OperatorState.Running(Operator operator)) {
            operator.stop();
        }
    }

    OperatorState state() {
        return state;
    }

    private void startOnceTheApiServerAnswers() {
        while (!stopping && !apiServerAnswers()) {
            pause();
        }
        if (stopping) {
            return;
        }
        Operator operator = new Operator(this::configure);
        operator.register(policies, this::configureController);
        operator.register(purges, this::configureController);
        try {
            operator.start();
        } catch (OperatorException e) {
            log.errorf(e, "The controllers could not start: %s", rootMessage(e));
            Quarkus.asyncExit(1);
            return;
        }
        state = new OperatorState.Running(operator);
        if (!config.leaderElection().enabled()) {
            statistics.start();
        }
    }

    /** Whether the definitions are installed and may be read; what is in the way is logged when it changes. */
    private boolean apiServerAnswers() {
        try {
            probe(PageCachePolicy.class);
            probe(PageCachePurge.class);
            return true;
        } catch (KubernetesClientException e) {
            OperatorState waiting = new OperatorState.Starting(rootMessage(e));
            if (!waiting.equals(state)) {
                log.warnf("Waiting for the API server: %s", rootMessage(e));
            }
            state = waiting;
            return false;
        }
    }

    private <R extends HasMetadata> void probe(Class<R> type) {
        ListOptions one = new ListOptionsBuilder().withLimit(1L).build();
        MixedOperation<R, KubernetesResourceList<R>, Resource<R>> resources = client.resources(type);
        if (namespaces().isEmpty()) {
            resources.inAnyNamespace().list(one);
        } else {
            namespaces().forEach(namespace -> resources.inNamespace(namespace).list(one));
        }
    }

    private Set<String> namespaces() {
        return config.namespaces().orElse(Set.of());
    }

    private void configure(ConfigurationServiceOverrider service) {
        service.withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withStopOnInformerErrorDuringStartup(true)
                .withReconciliationTerminationTimeout(Duration.ofSeconds(5))
                // Our objects carry no bookkeeping of the framework; their events cost one cheap pass.
                .withPreviousAnnotationForDependentResources(false);
        if (config.leaderElection().enabled()) {
            service.withLeaderElectionConfiguration(leaderElection());
        }
    }

    private LeaderElectionConfiguration leaderElection() {
        OperatorConfig.LeaderElection wanted = config.leaderElection();
        LeaderElectionConfigurationBuilder builder = LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(
                        wanted.leaseName())
                .withExitOnStopLeading(false)
                .withLeaderCallbacks(new LeaderCallbacks(statistics::start, this::endAtOnce, leader -> {}));
        wanted.namespace().ifPresent(builder::withLeaseNamespace);
        wanted.identity().ifPresent(builder::withIdentity);
        return builder.build();
    }

    /** Another replica may lead by now: not one more write, so no orderly shutdown either. */
    private void endAtOnce() {
        if (!stopping) {
            log.error("The lease is lost. This process ends, so that there are never two leaders.");
            Runtime.getRuntime().halt(1);
        }
    }

    private <R extends HasMetadata> void configureController(ControllerConfigurationOverrider<R> controller) {
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

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_PROBES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
