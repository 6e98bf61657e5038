package io.pagecache.e2e.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.pagecache.e2e.ControlPlane;
import io.pagecache.e2e.KubernetesCluster;
import io.pagecache.e2e.TestNamespace;
import io.pagecache.e2e.actors.Kubectl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A real API server takes every valid sample and refuses every invalid one with the message that the sample names. */
@KubernetesCluster
class CustomResourceValidationIT {
    private static final Path CRDS = Path.of(System.getProperty("pagecache.root"), "crds/src");
    private static final String EXPECTED = "# api-server: ";

    @BeforeAll
    static void installDefinitions(KubernetesClient client) throws IOException {
        for (Path file : yamlFiles(CRDS.resolve("main/resources/META-INF/pagecache/crds"), "")) {
            client.resource(Serialization.unmarshal(Files.readString(file), CustomResourceDefinition.class))
                    .serverSideApply();
        }
        client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("pagecachepolicies.pagecache.io")
                .waitUntilCondition(CustomResourceValidationIT::isEstablished, 30, TimeUnit.SECONDS);
        client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("pagecachepurges.pagecache.io")
                .waitUntilCondition(CustomResourceValidationIT::isEstablished, 30, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @MethodSource("validSamples")
    void shouldTakeValidSample(Path sample, ControlPlane controlPlane, TestNamespace namespace) {
        String created = create(sample, controlPlane, namespace);

        assertThat(created).endsWith("created (server dry run)");
    }

    @ParameterizedTest
    @MethodSource("invalidSamples")
    void shouldRefuseInvalidSample(Path sample, ControlPlane controlPlane, TestNamespace namespace) throws IOException {
        String expected = Files.readAllLines(sample).stream()
                .filter(line -> line.startsWith(EXPECTED))
                .map(line -> line.substring(EXPECTED.length()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(sample + " names no message of the API server"));

        assertThatThrownBy(() -> create(sample, controlPlane, namespace)).hasMessageContaining(expected);
    }

    private static String create(Path sample, ControlPlane controlPlane, TestNamespace namespace) {
        return new Kubectl(controlPlane, namespace.name()).run("create", "--dry-run=server", "-f", sample.toString());
    }

    static List<Path> validSamples() throws IOException {
        return yamlFiles(CRDS.resolve("samples"), "valid-");
    }

    static List<Path> invalidSamples() throws IOException {
        return yamlFiles(CRDS.resolve("samples"), "invalid-");
    }

    private static List<Path> yamlFiles(Path folder, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().startsWith(prefix))
                    .filter(file -> file.getFileName().toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
            assertThat(found).as("files in %s", folder).isNotEmpty();
            return found;
        }
    }

    private static boolean isEstablished(CustomResourceDefinition definition) {
        return definition != null
                && definition.getStatus() != null
                && definition.getStatus().getConditions().stream()
                        .anyMatch(c -> c.getType().equals("Established")
                                && c.getStatus().equals("True"));
    }
}
