package io.pagecache.operator.reconcile.policy;

import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.api.v1alpha1.PageCachePolicyStatus;
import io.pagecache.operator.compile.PlanCompiler;
import io.pagecache.operator.compile.ResolvedPolicy;
import io.pagecache.operator.desired.PlanConfigMap;
import io.pagecache.operator.desired.PolicyChildren;
import io.pagecache.operator.desired.PolicyContext;
import io.pagecache.operator.hooks.Hooks;
import io.pagecache.operator.observe.DeploymentProgress;
import io.pagecache.operator.observe.PlanRollout;
import io.pagecache.operator.observe.StatisticsLoop;
import io.pagecache.operator.policy.PolicyChecks;
import io.pagecache.operator.policy.Verdict;
import io.pagecache.operator.push.ProxyFleet;
import io.pagecache.operator.push.ProxyPod;
import io.pagecache.operator.push.ProxyReport;
import io.pagecache.operator.resolve.ReferenceResolver;
import io.pagecache.operator.status.AuthorStanding;
import io.pagecache.operator.status.PolicySituation;
import io.pagecache.operator.status.PurgeReport;
import io.pagecache.operator.warm.WarmUpDecision;
import io.pagecache.plan.CachePlan;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One pass over one policy, whatever the event was: resolve, check, compile, apply, push, observe, report. */
@Singleton
@ControllerConfiguration(
        name = "policy",
        fieldManager = PolicyChildren.MANAGER,
        generationAwareEventProcessing = false,
        informer = @Informer(onUpdateFilter = MeaningfulChange.class))
public class PageCachePolicyReconciler implements Reconciler<PageCachePolicy> {
    private final PolicyChecks checks = PolicyChecks.standard();
    private final PolicyObjects objects;
    private final AnnotationPurges purges;
    private final EndedBypasses bypasses;
    private final RolloutPurges rollouts;
    private final AuthorCutOvers authors;
    private final Hooks hooks;
    private final ProxyFleet fleet;
    private final WarmUps warmUps;
    private final PolicyStatusWriter status;
    private final StatisticsLoop statistics;

    public PageCachePolicyReconciler(
            PolicyObjects objects,
            Orders orders,
            ProxyFleet fleet,
            WarmUps warmUps,
            PolicyStatusWriter status,
            StatisticsLoop statistics) {
        this.objects = objects;
        this.purges = orders.purges();
        this.bypasses = orders.bypasses();
        this.rollouts = orders.rollouts();
        this.authors = orders.authors();
        this.hooks = orders.hooks();
        this.fleet = fleet;
        this.warmUps = warmUps;
        this.status = status;
        this.statistics = statistics;
    }

    @Override
    public List<EventSource<?, PageCachePolicy>> prepareEventSources(EventSourceContext<PageCachePolicy> context) {
        InformerEventSource<Pod, PageCachePolicy> pods = PolicyNeighbours.podSource(context);
        statistics.readFrom(context.getPrimaryCache(), pods);
        List<EventSource<?, PageCachePolicy>> sources = new ArrayList<>(objects.eventSources(context));
        sources.add(PolicyNeighbours.backendSource(context));
        sources.add(pods);
        return sources;
    }

    @Override
    public UpdateControl<PageCachePolicy> reconcile(PageCachePolicy policy, Context<PageCachePolicy> context)
            throws InterruptedException {
        ResolvedPolicy resolved = ReferenceResolver.resolve(policy, name -> PolicyNeighbours.service(context, name));
        Verdict verdict = checks.check(policy.getSpec());
        AnnotationPurges.Outcome purge =
                switch (verdict) {
                    case Verdict.Accepted() -> apply(policy, PlanCompiler.compile(resolved), context);
                    case Verdict.Rejected rejected -> purges.takeUp(policy, objects.storedPlan(context));
                };
        purge = purge.on(bypasses.takeUp(policy, purge.page()));
        RolloutPurges.Outcome rolledOut = rollouts.takeUp(policy, purge.page());
        purge = purge.on(rolledOut.page());
        List<ProxyPod> pods = pods(policy, purge, context);
        Optional<CachePlan> plan = PlanConfigMap.planIn(objects.storedPlan(context));
        Optional<WarmUpDecision> warmUp = verdict instanceof Verdict.Accepted
                ? warmUps.decide(policy, purge.page().ledger().lastSequence())
                : Optional.empty();
        List<ProxyReport> reports = plan.isEmpty()
                ? List.of()
                : fleet.bringUp(
                        policy,
                        pods,
                        plan.get(),
                        purge.page().ledger(),
                        warmUp.map(WarmUpDecision::target).orElse(null));
        AnnotationPurges.Outcome outcome = purges.mended(policy, purge, reports);
        AuthorStanding standing =
                plan.isEmpty() ? AuthorStanding.NONE : authors.advance(policy, plan.get(), outcome.page(), reports);
        String revision = plan.map(CachePlan::revision).orElse(null);
        PolicySituation situation = new PolicySituation(
                verdict,
                Stream.concat(
                                ReferenceResolver.unresolved(resolved, objectFinder(policy, context)::find).stream(),
                                rolledOut.missing().stream())
                        .toList(),
                revision,
                PlanRollout.observe(policy.getSpec().proxy().replicas(), pods, reports, revision),
                DeploymentProgress.of(objects.storedDeployment(context)));
        Optional<Duration> nextHook = status.soonWhile(hooks.tell(policy, outcome.page(), reports));
        Schedule schedule = new Schedule(standing, bypasses.nextLook(policy), rolledOut.nextLook(), nextHook);
        return status.report(
                policy, situation, new PolicyStatusWriter.Work(outcome.purge(), warmUp), reports, schedule);
    }

    private static ObjectFinder objectFinder(PageCachePolicy policy, Context<PageCachePolicy> context) {
        return new ObjectFinder(context.getClient(), policy.getMetadata().getNamespace());
    }

    /** A purge must not be called complete because a watch that stands still has not told of a proxy: then the pods are listed anew. */
    private List<ProxyPod> pods(
            PageCachePolicy policy, AnnotationPurges.Outcome purge, Context<PageCachePolicy> context) {
        PageCachePolicyStatus written = policy.getStatus();
        return PurgeReport.isOpen(purge.purge(), written == null ? null : written.purge())
                ? PolicyNeighbours.listedPods(policy, context.getClient())
                : PolicyNeighbours.pods(context);
    }

    /** Plan first, ledger beside it, then the pods that start from both. */
    private AnnotationPurges.Outcome apply(PageCachePolicy policy, CachePlan plan, Context<PageCachePolicy> context) {
        PolicyContext desired = objects.desiredBy(policy, plan);
        objects.publishPlan(desired, context);
        AnnotationPurges.Outcome purge = purges.takeUp(policy, objects.storedPlan(context));
        fleet.prepare(policy);
        objects.runProxies(desired, context);
        return purge;
    }

    /** The one place where a failed pass is put into words; the framework tries again by itself. */
    @Override
    public ErrorStatusUpdateControl<PageCachePolicy> updateErrorStatus(
            PageCachePolicy policy, Context<PageCachePolicy> context, Exception failure) {
        return status.reportFailure(policy, context.getRetryInfo(), failure);
    }
}
