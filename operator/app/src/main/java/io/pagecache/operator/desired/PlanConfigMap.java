package io.pagecache.operator.desired;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.pagecache.operator.compile.PlanJson;
import io.pagecache.plan.CachePlan;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The plan, mounted into every proxy: what a pod starts from when operator and API server are down. The ledger beside it in the
 * same ConfigMap is not part of the desired object, because only its compare-and-swap writer may touch it.
 */
public final class PlanConfigMap {
    private PlanConfigMap() {}

    public static ConfigMap desired(PolicyContext context) {
        PolicyChildren children = context.children();
        return new ConfigMapBuilder()
                .withMetadata(children.metadata(children.planConfigMap()).build())
                .addToData(PolicyChildren.PLAN_KEY, PlanJson.write(context.plan()))
                .build();
    }

    /** The plan that a ConfigMap holds: the last good one. A plan of another format counts as none and is written anew. */
    public static Optional<CachePlan> planIn(@Nullable ConfigMap stored) {
        String json = stored == null || stored.getData() == null
                ? null
                : stored.getData().get(PolicyChildren.PLAN_KEY);
        if (json == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(PlanJson.read(json, CachePlan.class));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
