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
import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.api.v1alpha1.PageCachePurge;
import io.pagecache.operator.observe.StatisticsLoop;
import io.pagecache.operator.reconcile.policy.PageCachePolicyReconciler;
import io.pagecache.operator.reconcile.purge.PageCachePurgeReconciler;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Starts the controllers, once the API server answers: an operator that exits while it cannot be reached would only be restarted
 * into the same outage.
 */
@Singleton
public class OperatorProcess {
    private static final Logger log = Logger.getLogger(OperatorProcess.class);
    private static final Duration BETWEEN_PROBES = Duration.ofSeconds(2);

    private final FrameworkSettings settings;
    private final KubernetesClient client;
    private final PageCachePolicyReconciler policies;
    private final PageCachePurgeReconciler purges;
    private final StatisticsLoop statistics;
    private final Thread starter =
            Thread.ofPlatform().name("operator-start").unstarted(this::startOnceTheApiServerAnswers);
    private volatile boolean stopping;
    private volatile OperatorState state = new OperatorState.Starting("not tried yet");

    public OperatorProcess(
            FrameworkSettings settings,
            KubernetesClient client,
            PageCachePolicyReconciler policies,
            PageCachePurgeReconciler purges,
            StatisticsLoop statistics) {
        this.settings = settings;
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
        LeaderCallbacks leadership = new LeaderCallbacks(statistics::start, this::endAtOnce, leader -> {});
        Operator operator = new Operator(service -> settings.configure(service, leadership));
        operator.register(policies, settings::configure);
        operator.register(purges, settings::configure);
        try {
            operator.start();
        } catch (OperatorException e) {
            if (stopping) {
                return; // It was interrupted, which is no failure.
            }
            log.errorf(e, "The controllers could not start: %s", rootMessage(e));
            Quarkus.asyncExit(1);
            return;
        }
        state = new OperatorState.Running(operator);
        if (!settings.electsLeader()) {
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
        if (settings.namespaces().isEmpty()) {
            resources.inAnyNamespace().list(one);
        } else {
            settings.namespaces()
                    .forEach(namespace -> resources.inNamespace(namespace).list(one));
        }
    }

    /** Another replica may lead by now: not one more write, so no orderly shutdown either. */
    private void endAtOnce() {
        if (!stopping) {
            log.error("The lease is lost. This process ends, so that there are never two leaders.");
            Runtime.getRuntime().halt(1);
        }
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
