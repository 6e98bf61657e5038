package io.pagecache.operator.reconcile.policy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.operator.desired.PlanConfigMap;
import io.pagecache.operator.desired.PolicyChildren;
import io.pagecache.operator.desired.PolicyContext;
import io.pagecache.operator.desired.ProxyDeployment;
import io.pagecache.operator.desired.ProxyDisruptionBudget;
import io.pagecache.operator.desired.ProxyRuntime;
import io.pagecache.operator.desired.ProxyService;
import io.pagecache.operator.desired.ProxyServiceAccount;
import io.pagecache.plan.CachePlan;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a policy in the cluster, in the order in which they need each other. They have owner references instead of a
 * finalizer: nothing of a policy lives outside the cluster.
 */
@Singleton
public class PolicyObjects {
    private final ProxyRuntime runtime;
    private final DesiredObject<ConfigMap> plan =
            new DesiredObject<>(ConfigMap.class, PlanConfigMap::desired, PolicyChildren::planConfigMap);
    private final DesiredObject<ServiceAccount> account =
            new DesiredObject<>(ServiceAccount.class, ProxyServiceAccount::desired, PolicyChildren::name);
    private final DesiredObject<Service> service =
            new DesiredObject<>(Service.class, ProxyService::desired, PolicyChildren::name);
    private final DesiredObject<PodDisruptionBudget> budget =
            new DesiredObject<>(PodDisruptionBudget.class, ProxyDisruptionBudget::desired, PolicyChildren::name);
    private final DesiredObject<Deployment> deployment =
            new DesiredObject<>(Deployment.class, ProxyDeployment::desired, PolicyChildren::name);

    public PolicyObjects(ProxyRuntime runtime) {
        this.runtime = runtime;
    }

    List<EventSource<?, PageCachePolicy>> eventSources(EventSourceContext<PageCachePolicy> context) {
        return Stream.of(plan, account, service, budget, deployment)
                .<EventSource<?, PageCachePolicy>>map(object -> object.initEventSource(context))
                .toList();
    }

    PolicyContext desiredBy(PageCachePolicy policy, CachePlan plan) {
        return new PolicyContext(policy, plan, runtime);
    }

    /** Applies the plan's ConfigMap, which pods need before they can start. */
    void publishPlan(PolicyContext desired, Context<PageCachePolicy> context) {
        context.managedWorkflowAndDependentResourceContext().put(PolicyContext.class, desired);
        plan.reconcile(desired.policy(), context);
    }

    /** Applies everything that runs and reaches the proxies; {@link #publishPlan} comes first. */
    void runProxies(PolicyContext desired, Context<PageCachePolicy> context) {
        PageCachePolicy policy = desired.policy();
        account.reconcile(policy, context);
        service.reconcile(policy, context);
        if (ProxyDisruptionBudget.isWanted(desired)) {
            budget.reconcile(policy, context);
        } else if (budget.getSecondaryResource(policy, context).isPresent()) {
            budget.delete(policy, context);
        }
        deployment.reconcile(policy, context);
    }

    @Nullable
    ConfigMap storedPlan(Context<PageCachePolicy> context) {
        return plan.getSecondaryResource(context.getPrimaryResource(), context).orElse(null);
    }

    @Nullable
    Deployment storedDeployment(Context<PageCachePolicy> context) {
        return deployment
                .getSecondaryResource(context.getPrimaryResource(), context)
                .orElse(null);
    }
}
