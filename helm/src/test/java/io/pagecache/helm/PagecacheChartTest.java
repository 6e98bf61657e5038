package io.pagecache.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagecacheChartTest {
    private static final PagecacheChart CHART =
            new PagecacheChart(Path.of(Objects.requireNonNull(System.getProperty("pagecache.chart"))));

    @Test
    void shouldPassHelmsOwnLint() {
        assertThat(CHART.lint()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"defaults", "namespaced", "everything"})
    void shouldRenderOnlyWhatKubernetesKnows(String values) {
        Manifests manifests = render(values);

        assertThat(manifests.objects()).isNotEmpty().allSatisfy(object -> {
            assertThat(object.getMetadata().getName()).isNotBlank();
            assertThat(object.getMetadata().getLabels())
                    .containsEntry("app.kubernetes.io/part-of", "pagecache")
                    .containsEntry("app.kubernetes.io/instance", "pagecache");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"defaults", "namespaced", "everything"})
    void shouldGrantNoWildcardsAndNothingThatLeadsToMore(String values) {
        assertThat(render(values).rules()).isNotEmpty().allSatisfy(rule -> {
            assertThat(rule.getVerbs()).doesNotContain("*", "escalate", "bind", "impersonate");
            assertThat(rule.getApiGroups()).doesNotContain("*");
            assertThat(rule.getResources()).doesNotContain("*", "pods/exec", "roles", "clusterroles", "nodes");
            assertThat(rule.getNonResourceURLs()).isNullOrEmpty();
        });
    }

    @Test
    void shouldGrantExactlyWhatTheOperatorAsksFor() {
        Set<String> asked = RightsTable.read(Path.of("../operator/app/README.md"));

        assertThat(RightsTable.of(render("defaults").rules())).isEqualTo(asked);
        assertThat(RightsTable.of(render("everything").rules())).isEqualTo(asked);
    }

    @Test
    void shouldOpenAPortForPurgesByHttpWhenAskedTo() {
        Manifests closed = render("defaults");
        Manifests open = Manifests.parse(CHART.render("pagecache", "cache-system", Map.of("api.enabled", true)));

        assertThat(closed.all(Service.class)).hasSize(1);
        assertThat(environment(closed)).doesNotContainKey("PAGECACHE_API_ENABLED");
        assertThat(environment(open)).containsEntry("PAGECACHE_API_ENABLED", "true");
        assertThat(open.all(Service.class))
                .filteredOn(service -> service.getMetadata().getName().endsWith("-api"))
                .singleElement()
                .satisfies(service -> assertThat(service.getSpec().getPorts())
                        .singleElement()
                        .satisfies(port -> assertThat(port.getPort()).isEqualTo(80)));
        Set<String> more = RightsTable.of(open.rules());
        more.removeAll(RightsTable.of(closed.rules()));
        assertThat(more)
                .containsExactlyInAnyOrder(
                        "authentication.k8s.io/tokenreviews:create",
                        "authorization.k8s.io/subjectaccessreviews:create");
    }

    @Test
    void shouldTakePurgesByHttpsOnlyWithACertificate() {
        Manifests open = Manifests.parse(
                CHART.render("pagecache", "cache-system", Map.of("api.enabled", true, "api.tlsSecretName", "api-tls")));

        assertThat(environment(open))
                .containsEntry("QUARKUS_HTTP_INSECURE_REQUESTS", "disabled")
                .containsEntry("QUARKUS_HTTP_SSL_PORT", "8443");
        PodSpec pod = open.one(Deployment.class).getSpec().getTemplate().getSpec();
        assertThat(pod.getVolumes())
                .anyMatch(volume -> volume.getSecret() != null
                        && "api-tls".equals(volume.getSecret().getSecretName()));
        assertThat(pod.getContainers().getFirst().getPorts())
                .anySatisfy(port -> assertThat(port.getContainerPort()).isEqualTo(8443));
    }

    @ParameterizedTest
    @ValueSource(strings = {"defaults", "namespaced", "everything"})
    void shouldNeverListSecrets(String values) {
        assertThat(render(values).rules())
                .filteredOn(rule -> rule.getResources().contains("secrets"))
                .isNotEmpty()
                .flatExtracting(PolicyRule::getVerbs)
                .doesNotContain("list", "watch", "delete");
    }

    @ParameterizedTest
    @ValueSource(strings = {"defaults", "namespaced", "everything"})
    void shouldSatisfyTheRestrictedPodSecurityStandard(String values) {
        PodSpec pod =
                render(values).one(Deployment.class).getSpec().getTemplate().getSpec();

        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod.getHostNetwork()).isNull();
        assertThat(pod.getHostPID()).isNull();
        assertThat(pod.getVolumes())
                .allSatisfy(volume -> assertThat(volume.getHostPath()).isNull());
        assertThat(pod.getContainers()).allSatisfy(PagecacheChartTest::isRestricted);
    }

    private static void isRestricted(Container container) {
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container.getSecurityContext().getPrivileged()).isNull();
        assertThat(container.getPorts())
                .allSatisfy(port -> assertThat(port.getHostPort()).isNull());
        assertThat(container.getResources().getLimits()).containsKey("memory");
    }

    @Test
    void shouldServeAllNamespacesByDefault() {
        Manifests manifests = render("defaults");

        assertThat(manifests.one(ClusterRoleBinding.class).getSubjects())
                .singleElement()
                .satisfies(subject -> assertThat(subject.getNamespace()).isEqualTo("cache-system"));
        assertThat(environment(manifests)).doesNotContainKey("PAGECACHE_OPERATOR_NAMESPACES");
        assertThat(manifests.all(Role.class))
                .extracting(role -> role.getMetadata().getNamespace())
                .containsOnly("cache-system");
    }

    @Test
    void shouldHaveNoRightsOutsideOfTheNamespacesItWatches() {
        Manifests manifests = render("namespaced");

        assertThat(manifests.all(ClusterRole.class)).isEmpty();
        assertThat(manifests.all(ClusterRoleBinding.class)).isEmpty();
        assertThat(manifests.all(Role.class))
                .extracting(role -> role.getMetadata().getNamespace())
                .containsExactlyInAnyOrder("web", "shop");
        assertThat(environment(manifests)).containsEntry("PAGECACHE_OPERATOR_NAMESPACES", "web,shop");
    }

    @Test
    void shouldLimitTheLeaderToItsOwnLease() {
        Manifests manifests = render("everything");

        String lease = environment(manifests).get("PAGECACHE_OPERATOR_LEADER_ELECTION_LEASE_NAME");
        assertThat(manifests.rules())
                .filteredOn(rule -> rule.getResources().contains("leases"))
                .filteredOn(rule -> !rule.getVerbs().equals(java.util.List.of("create")))
                .singleElement()
                .satisfies(rule -> assertThat(rule.getResourceNames()).containsExactly(lease));
    }

    @Test
    void shouldNotLetTwoOperatorsWorkAtOnceWithoutLeaderElection() {
        Deployment deployment = render("namespaced").one(Deployment.class);

        assertThat(deployment.getSpec().getStrategy().getType()).isEqualTo("Recreate");
    }

    @Test
    void shouldKeepTheDefinitionsWhenItIsUninstalled() {
        assertThat(render("defaults").all(CustomResourceDefinition.class))
                .extracting(definition -> definition.getSpec().getNames().getKind())
                .containsExactlyInAnyOrder("PageCachePolicy", "PageCachePurge");
        assertThat(render("defaults").all(CustomResourceDefinition.class))
                .allSatisfy(definition -> assertThat(definition.getMetadata().getAnnotations())
                        .containsEntry("helm.sh/resource-policy", "keep"));
    }

    @Test
    void shouldLeaveTheDefinitionsToAnotherRelease() {
        assertThat(render("namespaced").all(CustomResourceDefinition.class)).isEmpty();
    }

    @Test
    void shouldTellTheOperatorWhatToRun() {
        Map<String, String> environment = environment(render("everything"));

        assertThat(environment)
                .containsEntry("PAGECACHE_OPERATOR_PROXY_IMAGE", "example/proxy:1.2.3")
                .containsEntry("PAGECACHE_OPERATOR_PROXY_NATIVE_IMAGE", "example/proxy-native:1.2.3")
                .containsEntry("PAGECACHE_OPERATOR_PROXY_FORM", "native")
                .containsEntry("PAGECACHE_OPERATOR_PROXY_PULL_POLICY", "Never")
                .containsEntry("PAGECACHE_OPERATOR_PROXY_IMAGE_PULL_SECRETS", "registry,mirror")
                .containsEntry("PAGECACHE_OPERATOR_PROXY_JAVA_OPTIONS", "-XX:+PrintFlagsFinal")
                .containsEntry("PAGECACHE_OPERATOR_PROXY_DRAIN", "1m")
                .containsEntry("PAGECACHE_OPERATOR_PASSES_RESYNC", "1m");
    }

    @Test
    void shouldUseTheServiceAccountItBinds() {
        Manifests manifests = render("everything");

        assertThat(manifests.one(ServiceAccount.class).getMetadata().getName()).isEqualTo("cache-operator");
        assertThat(manifests
                        .one(Deployment.class)
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getServiceAccountName())
                .isEqualTo("cache-operator");
    }

    @Test
    void shouldSelectThePodsItRuns() {
        Manifests manifests = render("everything");

        Map<String, String> pod = manifests
                .one(Deployment.class)
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getLabels();
        assertThat(pod)
                .containsAllEntriesOf(manifests.one(Service.class).getSpec().getSelector());
        assertThat(manifests.one(Service.class).getMetadata().getLabels())
                .containsAllEntriesOf(manifests
                        .one(ServiceMonitor.class)
                        .getSpec()
                        .getSelector()
                        .getMatchLabels());
    }

    @Test
    void shouldLeaveMonitoringOutUnlessAskedFor() {
        assertThat(render("defaults").objects())
                .extracting(HasMetadata::getKind)
                .doesNotContain("ServiceMonitor", "PrometheusRule");
        assertThat(render("everything").all(PrometheusRule.class)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "operator.replicas,0,replicas",
        "operator.image.pullPolicy,Sometimes,pullPolicy",
        "operator.imgae.tag,x,imgae",
        "proxy.drain,soon,drain",
        "proxy.form,Jar,form",
        "watchNamespaces[0],Web,watchNamespaces",
        "crds.instal,true,instal"
    })
    void shouldRefuseValuesThatDoNotFitTheSchema(String path, String value, String named) {
        Map<String, ?> values = Map.of(path, value);

        assertThatThrownBy(() -> CHART.render("pagecache", "cache-system", values))
                .hasMessageContaining("values don't meet the specifications")
                .hasMessageContaining(named);
    }

    @Test
    void shouldRefuseReplicasWithoutLeaderElection() {
        Map<String, ?> values = Map.of("operator.replicas", 2, "operator.leaderElection.enabled", false);

        assertThatThrownBy(() -> CHART.render("pagecache", "cache-system", values))
                .hasMessageContaining("leaderElection");
    }

    @Test
    void shouldSayWhichServiceAccountIsMissing() {
        Map<String, ?> values = Map.of("serviceAccount.create", false);

        assertThatThrownBy(() -> CHART.render("pagecache", "cache-system", values))
                .hasMessageContaining("serviceAccount.name must be set when serviceAccount.create is false");
    }

    @Test
    void shouldSayHowToBuildItWhenInstalledFromTheSources() {
        PagecacheChart sources = new PagecacheChart(Path.of("src/main/helm/pagecache"));

        assertThatThrownBy(() -> sources.render("pagecache", "cache-system", Map.of()))
                .hasMessageContaining("./mvnw package -pl helm -am");
    }

    private static Map<String, String> environment(Manifests manifests) {
        return manifests
                .one(Deployment.class)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getEnv()
                .stream()
                .filter(variable -> variable.getValue() != null)
                .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
    }

    private static Manifests render(String valuesFile) {
        try {
            Path values = Path.of(
                    Objects.requireNonNull(PagecacheChartTest.class.getResource("/values/" + valuesFile + ".yaml"))
                            .toURI());
            return Manifests.parse(CHART.render("pagecache", "cache-system", values));
        } catch (URISyntaxException notAFile) {
            throw new IllegalStateException(notAFile);
        }
    }
}
