package io.pagecache.operator.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.pagecache.api.v1alpha1.BackendRef;
import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.operator.policy.PolicyChecks;
import io.pagecache.operator.policy.Verdict;
import io.pagecache.plan.CachePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Each folder holds a policy and its plan; PAGECACHE_REGENERATE=true writes the plans anew. */
@Tag("seed:W24")
@Tag("seed:W25")
class PlanCompilerTest {
    private static final Path SCENARIOS = Path.of("src/test/resources/PlanCompilerTest");
    private static final boolean REGENERATE = Boolean.parseBoolean(System.getenv("PAGECACHE_REGENERATE"));

    @TestFactory
    Stream<DynamicNode> shouldCompile() throws IOException {
        return list(SCENARIOS).stream()
                .map(scenario -> dynamicContainer(
                        scenario.getFileName().toString(),
                        Stream.of(
                                dynamicTest("plan", () -> shouldCompileToPlan(scenario)),
                                dynamicTest("files", () -> shouldUseEveryFile(scenario)))));
    }

    private static void shouldCompileToPlan(Path scenario) throws IOException {
        PageCachePolicy policy = PolicyYaml.read(Files.readString(scenario.resolve("in-policy.yaml")));
        Path expected = scenario.resolve("out-plan.json");
        assertThat(PolicyChecks.standard().check(policy.getSpec())).isInstanceOf(Verdict.Accepted.class);

        CachePlan plan = PlanCompiler.compile(ResolvedPolicy.of(policy, PlanCompilerTest::resolve));

        if (REGENERATE) {
            Files.writeString(expected, PlanJson.writePretty(plan) + "\n");
        }
        assertThat(expected).hasContent(PlanJson.writePretty(plan) + "\n");
        assertThat(PlanJson.read(Files.readString(expected), CachePlan.class)).isEqualTo(plan);
    }

    private static Backend resolve(BackendRef ref) {
        Backend service = Backend.service("web", ref);
        return ref.name().equals("missing") ? service.butUnresolved("Service web/missing does not exist") : service;
    }

    private static void shouldUseEveryFile(Path scenario) throws IOException {
        assertThat(list(scenario))
                .extracting(file -> file.getFileName().toString())
                .containsExactlyInAnyOrder("in-policy.yaml", "out-plan.json");
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
