package io.pagecache.operator.run;

import static java.util.Map.entry;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pagecache.operator.config.OperatorConfig;
import io.pagecache.operator.desired.ProxyRuntime;
import io.pagecache.operator.events.EventRecorder;
import io.pagecache.operator.hooks.HookClient;
import io.pagecache.operator.hooks.HookNews;
import io.pagecache.operator.hooks.Hooks;
import io.pagecache.operator.http.ClusterPermissions;
import io.pagecache.operator.http.PromptCluster;
import io.pagecache.operator.http.PurgeDesk;
import io.pagecache.operator.http.PurgeRoutes;
import io.pagecache.operator.ledger.LedgerStore;
import io.pagecache.operator.metrics.OperatorMetrics;
import io.pagecache.operator.observe.StatisticsLoop;
import io.pagecache.operator.push.ManagementClient;
import io.pagecache.operator.push.ManagementTokens;
import io.pagecache.operator.push.PlanPusher;
import io.pagecache.operator.push.ProxyFleet;
import io.pagecache.operator.reconcile.policy.AnnotationPurges;
import io.pagecache.operator.reconcile.policy.AuthorCutOvers;
import io.pagecache.operator.reconcile.policy.EndedBypasses;
import io.pagecache.operator.reconcile.policy.Orders;
import io.pagecache.operator.reconcile.policy.PageCachePolicyReconciler;
import io.pagecache.operator.reconcile.policy.PolicyObjects;
import io.pagecache.operator.reconcile.policy.PolicyStatusWriter;
import io.pagecache.operator.reconcile.policy.RolloutNews;
import io.pagecache.operator.reconcile.policy.RolloutPurges;
import io.pagecache.operator.reconcile.policy.WarmUps;
import io.pagecache.operator.reconcile.purge.PageCachePurgeReconciler;
import io.pagecache.operator.reconcile.purge.PurgeTarget;
import io.pagecache.operator.reconcile.purge.PurgeWork;
import io.pagecache.operator.rollout.WorkloadReader;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** The operator's own wiring without its container, so that a test can stop and start it. */
final class TestOperator implements AutoCloseable {
    static final String IMAGE = "pagecache-test/scripted-proxy";

    private final OperatorProcess process;
    private final PurgeRoutes purgesByHttp;
    private final Hooks hooks;
    private final MeterRegistry registry;

    private TestOperator(OperatorProcess process, PurgeRoutes purgesByHttp, Hooks hooks, MeterRegistry registry) {
        this.process = process;
        this.purgesByHttp = purgesByHttp;
        this.hooks = hooks;
        this.registry = registry;
    }

    static TestOperator start(KubernetesClient client, String namespace) {
        return start(client, namespace, Map.of());
    }

    /** An operator that does not wait for the lease of one that was killed. */
    static TestOperator startWithoutLease(KubernetesClient client, String namespace) {
        return start(client, namespace, Map.of("pagecache.operator.leader-election.enabled", "false"));
    }

    private static TestOperator start(KubernetesClient client, String namespace, Map<String, String> more) {
        OperatorConfig config = config(namespace, more);
        Clock clock = Clock.systemUTC();
        MeterRegistry registry = new SimpleMeterRegistry();
        OperatorMetrics metrics = new OperatorMetrics(registry);
        LedgerStore ledgers = new LedgerStore(client);
        ProxyFleet fleet = new ProxyFleet(
                new ManagementTokens(client, clock),
                new PlanPusher(new ManagementClient(config, clock), metrics, clock));
        StatisticsLoop statistics =
                new StatisticsLoop(client, fleet, config, new EventRecorder(client, config, clock), clock);
        EventRecorder events = new EventRecorder(client, config, clock);
        Hooks hooks =
                new Hooks(ledgers, new HookClient(client, config, clock), new HookNews(events, metrics), config, clock);
        OperatorProcess process = new OperatorProcess(
                new FrameworkSettings(config, client, new PassMetrics(metrics, clock)),
                client,
                new PageCachePolicyReconciler(
                        new PolicyObjects(ProxyRuntime.of(config.proxy())),
                        new Orders(
                                new AnnotationPurges(ledgers, clock),
                                new EndedBypasses(ledgers, clock),
                                new RolloutPurges(
                                        new WorkloadReader(client, clock),
                                        ledgers,
                                        new RolloutNews(events, metrics),
                                        config,
                                        clock),
                                new AuthorCutOvers(ledgers, fleet, config, clock),
                                hooks),
                        fleet,
                        new WarmUps(clock),
                        new PolicyStatusWriter(config, new EventRecorder(client, config, clock), metrics, clock),
                        statistics),
                new PageCachePurgeReconciler(
                        client, new PurgeWork(new PurgeTarget(client), ledgers, fleet, clock), config, metrics, clock),
                statistics);
        process.onStart(new StartupEvent());
        PromptCluster cluster = new PromptCluster(client);
        PurgeRoutes purgesByHttp = new PurgeRoutes(
                new ClusterPermissions(cluster), new PurgeDesk(cluster, fleet, config, clock), metrics, config, clock);
        return new TestOperator(process, purgesByHttp, hooks, registry);
    }

    /** What carries out purges by HTTP. */
    PurgeRoutes purgesByHttp() {
        return purgesByHttp;
    }

    boolean isRunning() {
        return process.state() instanceof OperatorState.Running;
    }

    /** What the operator has counted. */
    double counted(String name, String label, String value) {
        return registry.get(name).tag(label, value).counter().count();
    }

    @Override
    public void close() {
        hooks.close();
        process.onStop(new ShutdownEvent());
    }

    private static OperatorConfig config(String namespace, Map<String, String> more) {
        return new SmallRyeConfigBuilder()
                .withMapping(OperatorConfig.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .withSources(new PropertiesConfigSource(more, "more", 2000))
                .withSources(new PropertiesConfigSource(
                        Map.ofEntries(
                                entry("pagecache.operator.namespaces", namespace),
                                entry("pagecache.operator.proxy.image", IMAGE),
                                entry("pagecache.operator.proxy.drain", "1s"),
                                entry("pagecache.operator.leader-election.namespace", namespace),
                                entry("pagecache.operator.passes.resync", "2s"),
                                entry("pagecache.operator.passes.quick", "300ms"),
                                entry("pagecache.operator.purges.deadline", "20s"),
                                entry("pagecache.operator.hooks.hosts", "127.0.0.1"),
                                entry("pagecache.operator.hooks.first-retry", "50ms"),
                                entry("pagecache.operator.statistics.interval", "1s")),
                        "test",
                        1000))
                .build()
                .getConfigMapping(OperatorConfig.class);
    }
}
