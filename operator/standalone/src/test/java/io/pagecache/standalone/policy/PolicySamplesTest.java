package io.pagecache.standalone.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pagecache.api.v1alpha1.Crds;
import io.pagecache.standalone.file.Problem;
import io.pagecache.standalone.file.YamlDocument;
import io.pagecache.standalone.file.YamlFile;
import io.pagecache.standalone.schema.ResourceSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The samples of {@code crds/src/samples}: an invalid one begins with the message of an API server and with ours, which
 * may say
 * where before it says what.
 */
class PolicySamplesTest {
    private static final Path SAMPLES = Path.of("../../crds/src/samples");
    private static final Path FILE = Path.of("sample.yaml");

    private final PolicyReader policies = new PolicyReader();
    private final ResourceSchema purges = ResourceSchema.of(Crds.purge());

    @TestFactory
    Stream<DynamicTest> shouldJudgeAsAnApiServerDoes() throws IOException {
        List<Path> samples;
        try (Stream<Path> files = Files.list(SAMPLES)) {
            samples = files.sorted().toList();
        }
        assertThat(samples).hasSizeGreaterThan(30);
        return samples.stream().map(sample -> dynamicTest(sample.getFileName().toString(), () -> shouldJudge(sample)));
    }

    private void shouldJudge(Path sample) throws IOException {
        String text = Files.readString(sample);

        List<String> problems = text.contains("kind: PageCachePurge") ? problemsOfPurge(text) : problemsOfPolicy(text);

        if (sample.getFileName().toString().startsWith("valid-")) {
            assertThat(problems).isEmpty();
        } else {
            assertThat(problems)
                    .singleElement()
                    .satisfies(problem -> assertThat(problem).contains(expectation(text)));
        }
    }

    private static String expectation(String text) {
        String prefix = "# offline: ";
        return text.lines()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("an invalid sample says '# offline: message'"));
    }

    private List<String> problemsOfPolicy(String text) {
        return switch (policies.read(text)) {
            case ReadPolicy.Invalid(List<Problem> problems) ->
                problems.stream().map(p -> p.in(FILE)).toList();
            case ReadPolicy.Valid valid -> List.of();
        };
    }

    private List<String> problemsOfPurge(String text) {
        YamlDocument document =
                ((YamlFile.Readable) YamlFile.of(text)).documents().getFirst();
        return purges.admit((ObjectNode) document.root()).stream()
                .map(found -> new Problem(document.positionOf(found.path()), found.path(), found.message()).in(FILE))
                .toList();
    }
}
