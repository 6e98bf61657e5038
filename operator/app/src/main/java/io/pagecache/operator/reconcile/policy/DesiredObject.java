package io.pagecache.operator.reconcile.policy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.config.informer.InformerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDKubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependentResourceConfigBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.operator.desired.PolicyChildren;
import io.pagecache.operator.desired.PolicyContext;
import java.net.HttpURLConnection;
import java.util.function.Function;

/**
 * One kind of object that policies own: watched by the operator's label, compared with what is desired, and applied on the server
 * when they differ, so that fields of others stay theirs.
 */
final class DesiredObject<R extends HasMetadata> extends CRUDKubernetesDependentResource<R, PageCachePolicy> {
    private static final int UNPROCESSABLE = 422;

    private final Function<PolicyContext, R> desired;
    private final Function<PolicyChildren, String> objectName;

    DesiredObject(Class<R> type, Function<PolicyContext, R> desired, Function<PolicyChildren, String> objectName) {
        super(type, type.getSimpleName());
        this.desired = desired;
        this.objectName = objectName;
        configureWith(new KubernetesDependentResourceConfigBuilder<R>()
                // The framework replaces ConfigMaps whole unless told so, and with that the ledger beside the plan.
                .withUseSSA(true)
                .withCreateResourceOnlyIfNotExistingWithSSA(true)
                .withKubernetesDependentInformerConfig(InformerConfiguration.builder(type)
                        .withLabelSelector(PolicyChildren.SELECTOR)
                        .withNamespacesInheritedFromController()
                        .build())
                .build());
    }

    @Override
    protected R desired(PageCachePolicy policy, Context<PageCachePolicy> context) {
        return desired.apply(context.managedWorkflowAndDependentResourceContext()
                .getMandatory(PolicyContext.class, PolicyContext.class));
    }

    /** An object that lost our label is out of the informer's sight but still ours; one of another owner is left alone. */
    @Override
    public R create(R wanted, PageCachePolicy policy, Context<PageCachePolicy> context) {
        try {
            return super.create(wanted, policy, context);
        } catch (KubernetesClientException e) {
            R stored = e.getCode() == HttpURLConnection.HTTP_CONFLICT || e.getCode() == UNPROCESSABLE
                    ? context.getClient().resource(wanted).get()
                    : null;
            if (stored == null || !stored.hasOwnerReferenceFor(policy)) {
                throw e;
            }
            wanted.getMetadata().setResourceVersion(null);
            return update(stored, wanted, policy, context);
        }
    }

    /**
     * Somebody's edit can leave a list that no apply can mend: a Service whose port was changed has two of the same name once ours
     * is added again. Then the lists are replaced as a whole, and the next pass applies as always.
     */
    @Override
    public R update(R stored, R wanted, PageCachePolicy policy, Context<PageCachePolicy> context) {
        try {
            return super.update(stored, wanted, policy, context);
        } catch (KubernetesClientException e) {
            if (e.getCode() != UNPROCESSABLE) {
                throw e;
            }
            PatchContext replaceLists = new PatchContext.Builder()
                    .withPatchType(PatchType.JSON_MERGE)
                    .withFieldManager(PolicyChildren.MANAGER)
                    .build();
            return context.getClient().resource(wanted).patch(replaceLists, wanted);
        }
    }

    @Override
    protected ResourceID targetSecondaryResourceID(PageCachePolicy policy, Context<PageCachePolicy> context) {
        return new ResourceID(
                objectName.apply(PolicyChildren.of(policy)),
                policy.getMetadata().getNamespace());
    }
}
