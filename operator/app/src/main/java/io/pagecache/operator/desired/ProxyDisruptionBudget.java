package io.pagecache.operator.desired;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;

/** Voluntary evictions take one proxy at a time. */
public final class ProxyDisruptionBudget {
    private ProxyDisruptionBudget() {}

    /** A budget for a single proxy would only block node drains. */
    public static boolean isWanted(PolicyContext context) {
        return context.proxy().replicas() >= 2;
    }

    public static PodDisruptionBudget desired(PolicyContext context) {
        PolicyChildren children = context.children();
        return new PodDisruptionBudgetBuilder()
                .withMetadata(children.metadata(children.name()).build())
                .withNewSpec()
                .withMaxUnavailable(new IntOrString(1))
                .withUnhealthyPodEvictionPolicy("AlwaysAllow")
                .withNewSelector()
                .withMatchLabels(children.selector())
                .endSelector()
                .endSpec()
                .build();
    }
}
