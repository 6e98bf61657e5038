package io.pagecache.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.api.v1alpha1.ProxySpec;
import io.pagecache.operator.Policies;
import io.pagecache.operator.compile.Backend;
import io.pagecache.operator.compile.PlanCompiler;
import io.pagecache.operator.compile.ResolvedPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Each folder holds a policy and the objects it wants; PAGECACHE_REGENERATE=true writes the objects anew. */
@Tag("seed:W60")
class DesiredResourcesTest {
    private static final Path SCENARIOS = Path.of("src/test/resources/DesiredResourcesTest");
    private static final boolean REGENERATE = Boolean.parseBoolean(System.getenv("PAGECACHE_REGENERATE"));
    private static final ProxyRuntime RUNTIME = new ProxyRuntime(
            ProxySpec.ProxyForm.JVM,
            "registry.example/pagecache-proxy:1",
            "registry.example/pagecache-proxy-native:1",
            "IfNotPresent",
            List.of("pull"),
            "",
            Duration.ofSeconds(30));

    @TestFactory
    Stream<DynamicNode> shouldWant() throws IOException {
        return list(SCENARIOS).stream()
                .map(scenario -> dynamicContainer(scenario.getFileName().toString(), tests(scenario)));
    }

    private static Stream<DynamicTest> tests(Path scenario) {
        Map<String, HasMetadata> desired = desired(scenario);
        Stream<DynamicTest> objects = desired.entrySet().stream()
                .map(file -> dynamicTest(
                        file.getKey(), () -> shouldEqual(scenario.resolve(file.getKey()), file.getValue())));
        return Stream.concat(objects, Stream.of(dynamicTest("files", () -> shouldUseEveryFile(scenario, desired))));
    }

    private static Map<String, HasMetadata> desired(Path scenario) {
        PolicyContext context = context(scenario);
        Map<String, HasMetadata> files = new TreeMap<>();
        add(files, PlanConfigMap.desired(context));
        add(files, ProxyServiceAccount.desired(context));
        add(files, ProxyService.desired(context));
        add(files, ProxyDeployment.desired(context));
        add(files, ManagementSecret.desired(context.policy(), "a-token"));
        if (ProxyDisruptionBudget.isWanted(context)) {
            add(files, ProxyDisruptionBudget.desired(context));
        }
        return files;
    }

    private static PolicyContext context(Path scenario) {
        try {
            PageCachePolicy policy = Policies.read(Files.readString(scenario.resolve("in-policy.yaml")));
            ResolvedPolicy resolved = ResolvedPolicy.of(policy, ref -> Backend.service("web", ref));
            return new PolicyContext(policy, PlanCompiler.compile(resolved), RUNTIME);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void add(Map<String, HasMetadata> files, HasMetadata object) {
        files.put("out-%s.yaml".formatted(object.getKind().toLowerCase(Locale.ROOT)), object);
    }

    private static void shouldEqual(Path expected, HasMetadata object) throws IOException {
        String yaml = Serialization.asYaml(object);

        if (REGENERATE) {
            Files.writeString(expected, yaml);
        }

        assertThat(expected).hasContent(yaml);
    }

    private static void shouldUseEveryFile(Path scenario, Map<String, HasMetadata> desired) throws IOException {
        assertThat(list(scenario))
                .extracting(file -> file.getFileName().toString())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(Stream.of("in-policy.yaml"), desired.keySet().stream())
                                .toList());
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
