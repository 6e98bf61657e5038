package io.pagecache.operator.desired;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Map;
import java.util.TreeMap;

/** Names and labels of everything that belongs to one policy. */
public record PolicyChildren(String namespace, String policy) {
    public static final String POLICY_LABEL = "pagecache.io/policy";
    public static final String MANAGED_BY_LABEL = "app.kubernetes.io/managed-by";
    public static final String MANAGER = "pagecache-operator";

    /** What the operator's informers select. */
    public static final String SELECTOR = MANAGED_BY_LABEL + "=" + MANAGER;

    public static final String PLAN_KEY = "plan.json";
    public static final String PURGES_KEY = "purges.json";
    public static final String AUTHORS_KEY = "authors.json";
    public static final String TOKEN_KEY = "token";

    public static PolicyChildren of(HasMetadata policy) {
        return new PolicyChildren(
                policy.getMetadata().getNamespace(), policy.getMetadata().getName());
    }

    /** Name of the Deployment, Service, ServiceAccount and PodDisruptionBudget. */
    public String name() {
        return policy + "-pagecache";
    }

    public String planConfigMap() {
        return name() + "-plan";
    }

    public String managementSecret() {
        return name() + "-management";
    }

    /** DNS name of the Service, as far as every resolver in the cluster completes it. */
    public String address() {
        return name() + "." + namespace + ".svc";
    }

    /** What selects the pods; a Deployment's selector never changes, so neither does this. */
    public Map<String, String> selector() {
        return new TreeMap<>(Map.of("app.kubernetes.io/name", "pagecache-proxy", "app.kubernetes.io/instance", policy));
    }

    public Map<String, String> labels() {
        Map<String, String> labels = selector();
        labels.put(MANAGED_BY_LABEL, MANAGER);
        labels.put(POLICY_LABEL, policy);
        return labels;
    }

    ObjectMetaBuilder metadata(String name) {
        return new ObjectMetaBuilder().withNamespace(namespace).withName(name).withLabels(labels());
    }

    /** For objects that are created outside the declared set; the others get theirs when they are applied. */
    static OwnerReference ownerReference(HasMetadata policy) {
        return new OwnerReferenceBuilder()
                .withApiVersion(policy.getApiVersion())
                .withKind(policy.getKind())
                .withName(policy.getMetadata().getName())
                .withUid(policy.getMetadata().getUid())
                .build();
    }
}
