package io.pagecache.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.e2e.ControlPlane;
import io.pagecache.e2e.KubernetesCluster;
import io.pagecache.e2e.TestNamespace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The chart on a real API server: what it installs, what it may do, and what stays when it goes. */
@KubernetesCluster
@Tag("seed:W11")
class ChartIT {
    private static final Path CHART = Path.of(System.getProperty("pagecache.root"), "helm/target/chart/pagecache");
    private static final Map<String, String> RESTRICTED = Map.of("pod-security.kubernetes.io/enforce", "restricted");

    @Test
    void shouldLeavePoliciesAloneWhenItIsUpgradedAndUninstalled(
            ControlPlane controlPlane, KubernetesClient client, TestNamespace namespace) {
        install(controlPlane, "pagecache", "pagecache-system", Map.of());
        client.resource(policyIn(namespace)).create();
        upgrade(controlPlane, "pagecache", "pagecache-system", Map.of("operator.replicas", 2));
        Integer replicas = client.apps()
                .deployments()
                .inNamespace("pagecache-system")
                .withName("pagecache-operator")
                .get()
                .getSpec()
                .getReplicas();

        Helm.uninstall("pagecache")
                .withNamespace("pagecache-system")
                .withKubeConfig(controlPlane.kubeconfig())
                .call();

        assertThat(replicas).isEqualTo(2);
        assertThat(client.resource(policyIn(namespace)).get()).isNotNull();
        assertThat(client.rbac().clusterRoles().withName("pagecache-operator").get())
                .isNull();
        assertThat(client.apps()
                        .deployments()
                        .inNamespace("pagecache-system")
                        .list()
                        .getItems())
                .isEmpty();
    }

    @Test
    void shouldRunWherePodSecurityIsRestrictedAndHaveRightsOnlyWhereItWatches(
            ControlPlane controlPlane, KubernetesClient client, TestNamespace watched) {
        String home = "confined";
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(home)
                        .withLabels(RESTRICTED)
                        .endMetadata()
                        .build())
                .create();

        install(
                controlPlane,
                "confined-pagecache",
                home,
                Map.of("crds.install", false, "watchNamespaces[0]", watched.name()));

        await("the admission plugin lets the operator's pod in")
                .atMost(Duration.ofSeconds(30))
                .until(() -> !podsIn(client, home).isEmpty());
        String account = "confined-pagecache-operator";
        assertThat(may(client, home, account, "list", "pagecache.io", "pagecachepolicies", watched.name()))
                .isTrue();
        assertThat(may(client, home, account, "get", "", "secrets", watched.name()))
                .isTrue();
        assertThat(may(client, home, account, "list", "", "secrets", watched.name()))
                .isFalse();
        assertThat(may(client, home, account, "list", "pagecache.io", "pagecachepolicies", "default"))
                .isFalse();
        assertThat(may(client, home, account, "get", "", "secrets", home)).isFalse();
        assertThat(may(client, home, account, "create", "", "pods", watched.name()))
                .isFalse();
    }

    private static PageCachePolicy policyIn(TestNamespace namespace) {
        return Serialization.unmarshal("""
                apiVersion: pagecache.io/v1alpha1
                kind: PageCachePolicy
                metadata: { name: kept, namespace: %s }
                spec: { origin: { url: "http://origin.example" } }
                """.formatted(namespace.name()), PageCachePolicy.class);
    }

    private static List<Pod> podsIn(KubernetesClient client, String namespace) {
        return client.pods().inNamespace(namespace).list().getItems();
    }

    private static boolean may(
            KubernetesClient client,
            String home,
            String account,
            String verb,
            String group,
            String resource,
            String namespace) {
        SubjectAccessReview review = new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser("system:serviceaccount:%s:%s".formatted(home, account))
                .withGroups("system:serviceaccounts", "system:serviceaccounts:" + home, "system:authenticated")
                .withNewResourceAttributes()
                .withVerb(verb)
                .withGroup(group)
                .withResource(resource)
                .withNamespace(namespace)
                .endResourceAttributes()
                .endSpec()
                .build();
        return client.resource(review).create().getStatus().getAllowed();
    }

    private static void install(ControlPlane controlPlane, String release, String namespace, Map<String, ?> values) {
        var command = new Helm(CHART)
                .install()
                .withName(release)
                .withNamespace(namespace)
                .createNamespace()
                .withKubeConfig(controlPlane.kubeconfig());
        values.forEach(command::set);
        command.call();
    }

    private static void upgrade(ControlPlane controlPlane, String release, String namespace, Map<String, ?> values) {
        var command = new Helm(CHART)
                .upgrade()
                .withName(release)
                .withNamespace(namespace)
                .withKubeConfig(controlPlane.kubeconfig());
        values.forEach(command::set);
        command.call();
    }
}
