package io.pagecache.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.pagecache.e2e.controlplane.ControlPlaneSource;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ControlPlaneIT {
    private static ControlPlane controlPlane;

    @BeforeAll
    static void start() {
        ControlPlaneSource source = ControlPlaneSource.find();
        Assumptions.assumeFalse(source instanceof ControlPlaneSource.Missing, source::describe);
        controlPlane = ControlPlane.start(source);
    }

    @AfterAll
    static void stop() {
        if (controlPlane != null) {
            controlPlane.close();
        }
    }

    @Test
    void shouldSayItsRealVersion() {
        assertThat(controlPlane.admin().getKubernetesVersion().getMajor()).isEqualTo("1");
        assertThat(Integer.parseInt(
                        controlPlane.admin().getKubernetesVersion().getMinor().replaceAll("\\D", "")))
                .isGreaterThanOrEqualTo(30);
    }

    @Test
    void shouldGrantAServiceAccountOnlyWhatItsRoleSays() {
        String namespace = newNamespace("rbac");
        KubernetesClient admin = controlPlane.admin();
        admin.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName("reader")
                        .withNamespace(namespace)
                        .endMetadata()
                        .build())
                .create();
        admin.resource(new RoleBuilder()
                        .withNewMetadata()
                        .withName("reader")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withRules(new PolicyRuleBuilder()
                                .withApiGroups("")
                                .withResources("configmaps")
                                .withVerbs("list")
                                .build())
                        .build())
                .create();
        admin.resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName("reader")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "Role", "reader")
                        .addNewSubject(null, "ServiceAccount", "reader", namespace)
                        .build())
                .create();

        try (KubernetesClient reader = controlPlane.as(namespace, "reader")) {
            await().ignoreException(KubernetesClientException.class)
                    .untilAsserted(() -> assertThat(reader.configMaps()
                                    .inNamespace(namespace)
                                    .list()
                                    .getItems())
                            .isNotNull());
            assertThatThrownBy(() -> reader.secrets().inNamespace(namespace).list())
                    .isInstanceOfSatisfying(
                            KubernetesClientException.class,
                            e -> assertThat(e.getCode()).isEqualTo(403));
        }
    }

    @Test
    void shouldRunTheControllers() {
        String namespace = newNamespace("controllers");

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(controlPlane
                            .admin()
                            .serviceAccounts()
                            .inNamespace(namespace)
                            .withName("default")
                            .get())
                    .isNotNull();
            assertThat(controlPlane
                            .admin()
                            .configMaps()
                            .inNamespace(namespace)
                            .withName("kube-root-ca.crt")
                            .get())
                    .isNotNull();
        });
    }

    @Test
    void shouldKeepItsDataThroughAnOutageOfTheApiServer() {
        String namespace = newNamespace("outage");

        Config impatient = new ConfigBuilder(controlPlane.adminConfig())
                .withRequestRetryBackoffLimit(0)
                .build();
        try (KubernetesClient client =
                        new KubernetesClientBuilder().withConfig(impatient).build();
                ControlPlane.Outage _ = controlPlane.outage().orElseThrow()) {
            assertThatThrownBy(() -> client.namespaces().withName(namespace).get())
                    .isInstanceOf(KubernetesClientException.class);
        }

        assertThat(controlPlane.admin().namespaces().withName(namespace).get()).isNotNull();
    }

    @Test
    void shouldComeWithKubectl() throws Exception {
        Process kubectl = new ProcessBuilder(controlPlane.kubectl("get", "namespaces", "-o", "name"))
                .redirectErrorStream(true)
                .start();

        String output = new String(kubectl.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

        assertThat(output).contains("namespace/kube-system");
        assertThat(kubectl.waitFor()).isZero();
    }

    private static String newNamespace(String prefix) {
        return controlPlane
                .admin()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName(prefix + "-")
                        .endMetadata()
                        .build())
                .create()
                .getMetadata()
                .getName();
    }
}
