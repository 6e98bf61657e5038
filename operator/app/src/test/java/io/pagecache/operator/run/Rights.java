package io.pagecache.operator.run;

import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/** The rights that the README lists and no others, so that the tests show that they are enough. */
final class Rights {
    static final String ACCOUNT = "operator";

    private Rights() {}

    static void grant(KubernetesClient admin, String namespace) {
        admin.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(ACCOUNT)
                        .endMetadata()
                        .build())
                .create();
        admin.resource(new RoleBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(ACCOUNT)
                        .endMetadata()
                        .withRules(
                                rule("pagecache.io", "pagecachepolicies", "get", "list", "watch"),
                                rule("pagecache.io", "pagecachepurges", "get", "list", "watch", "delete"),
                                rule("pagecache.io", "pagecachepolicies/status", "patch"),
                                rule("pagecache.io", "pagecachepurges/status", "patch"),
                                rule("pagecache.io", "pagecachepolicies/finalizers", "update"),
                                rule("", "configmaps", "get", "list", "watch", "create", "patch"),
                                rule("", "serviceaccounts", "get", "list", "watch", "create", "patch"),
                                rule("", "services", "get", "list", "watch", "create", "patch"),
                                rule("", "secrets", "get", "create"),
                                rule("", "persistentvolumeclaims", "get"),
                                rule("", "pods", "get", "list", "watch"),
                                rule("apps", "deployments", "get", "list", "watch", "create", "patch"),
                                rule("apps", "statefulsets", "get"),
                                rule(
                                        "policy",
                                        "poddisruptionbudgets",
                                        "get",
                                        "list",
                                        "watch",
                                        "create",
                                        "patch",
                                        "delete"),
                                rule("events.k8s.io", "events", "create"),
                                rule("coordination.k8s.io", "leases", "get", "create", "update", "patch"))
                        .build())
                .create();
        admin.resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(ACCOUNT)
                        .endMetadata()
                        .withNewRoleRef()
                        .withApiGroup("rbac.authorization.k8s.io")
                        .withKind("Role")
                        .withName(ACCOUNT)
                        .endRoleRef()
                        .addNewSubject()
                        .withKind("ServiceAccount")
                        .withNamespace(namespace)
                        .withName(ACCOUNT)
                        .endSubject()
                        .build())
                .create();
    }

    /** What purges by HTTP ask of the cluster as a whole. */
    static void grantQuestions(KubernetesClient admin, String namespace) {
        String name = namespace + "-callers";
        admin.resource(new ClusterRoleBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withRules(
                                rule("authentication.k8s.io", "tokenreviews", "create"),
                                rule("authorization.k8s.io", "subjectaccessreviews", "create"))
                        .build())
                .create();
        admin.resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewRoleRef()
                        .withApiGroup("rbac.authorization.k8s.io")
                        .withKind("ClusterRole")
                        .withName(name)
                        .endRoleRef()
                        .addNewSubject()
                        .withKind("ServiceAccount")
                        .withNamespace(namespace)
                        .withName(ACCOUNT)
                        .endSubject()
                        .build())
                .create();
    }

    static void revokeQuestions(KubernetesClient admin, String namespace) {
        String name = namespace + "-callers";
        admin.rbac().clusterRoleBindings().withName(name).delete();
        admin.rbac().clusterRoles().withName(name).delete();
    }

    /** What a caller of purges by HTTP must be allowed. */
    static void grantPurges(KubernetesClient admin, String namespace, String account) {
        admin.resource(new RoleBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("may-purge")
                        .endMetadata()
                        .withRules(rule("pagecache.io", "pagecachepurges", "create"))
                        .build())
                .create();
        admin.resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("may-purge")
                        .endMetadata()
                        .withNewRoleRef()
                        .withApiGroup("rbac.authorization.k8s.io")
                        .withKind("Role")
                        .withName("may-purge")
                        .endRoleRef()
                        .addNewSubject()
                        .withKind("ServiceAccount")
                        .withNamespace(namespace)
                        .withName(account)
                        .endSubject()
                        .build())
                .create();
    }

    private static PolicyRule rule(String group, String resource, String... verbs) {
        return new PolicyRuleBuilder()
                .withApiGroups(group)
                .withResources(resource)
                .withVerbs(List.of(verbs))
                .build();
    }
}
