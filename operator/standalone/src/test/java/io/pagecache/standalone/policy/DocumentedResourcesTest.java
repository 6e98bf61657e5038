package io.pagecache.standalone.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.pagecache.api.v1alpha1.Crds;
import io.pagecache.standalone.file.YamlDocument;
import io.pagecache.standalone.file.YamlFile;
import io.pagecache.standalone.schema.ResourceSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every YAML block of the documentation, and every policy that people are told to apply, would be accepted. */
class DocumentedResourcesTest {
    private static final Path ROOT = Path.of("../..");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```yaml\\n(.*?)^```");
    private static final Pattern HEREDOC = Pattern.compile("(?ms)^  kubectl apply -f - <<EOF\\n(.*?)^  EOF");

    private final PolicyReader policies = new PolicyReader();
    private final ResourceSchema purges = ResourceSchema.of(Crds.purge());

    @TestFactory
    Stream<DynamicTest> shouldBeAccepted() throws IOException {
        return examples().stream()
                .map(example -> DynamicTest.dynamicTest(
                        example.place(),
                        () -> assertThat(problemsOf(example.yaml())).isEmpty()));
    }

    @Test
    void shouldFindTheExamples() throws IOException {
        assertThat(examples()).extracting(Example::place).anyMatch(place -> place.startsWith("README.md"));
        assertThat(examples()).hasSizeGreaterThan(5);
    }

    private List<String> problemsOf(String yaml) {
        List<YamlDocument> documents =
                switch (YamlFile.of(yaml)) {
                    case YamlFile.Readable readable -> readable.documents();
                    case YamlFile.Unreadable unreadable -> throw new AssertionError(unreadable.problem());
                };
        List<String> problems = new ArrayList<>();
        for (YamlDocument document : documents) {
            switch (document.text("kind")) {
                case "PageCachePolicy" -> problems.addAll(policyProblems(yaml));
                case "PageCachePurge" ->
                    purges.admit(named(document.root().deepCopy()))
                            .forEach(violation -> problems.add(violation.path() + ": " + violation.message()));
                default -> problems.add("kind '%s' is none of ours".formatted(document.text("kind")));
            }
        }
        return problems;
    }

    /** Gives the name that an API server makes from {@code generateName}, as {@code kubectl create} lets it. */
    private static ObjectNode named(ObjectNode resource) {
        ObjectNode metadata = (ObjectNode) resource.get("metadata");
        if (metadata.remove("generateName") instanceof TextNode prefix) {
            metadata.put("name", prefix.textValue() + "x7k2p");
        }
        return resource;
    }

    private List<String> policyProblems(String yaml) {
        return switch (policies.read(yaml)) {
            case ReadPolicy.Invalid invalid ->
                invalid.problems().stream().map(Object::toString).toList();
            case ReadPolicy.Valid valid ->
                valid.purgeProblem().stream().map(Object::toString).toList();
        };
    }

    private record Example(String place, String yaml) {}

    private static List<Example> examples() throws IOException {
        List<Example> examples = new ArrayList<>();
        for (Path page : pages()) {
            addMatches(examples, page, BLOCK, "");
        }
        addMatches(examples, ROOT.resolve("helm/src/main/helm/pagecache/templates/NOTES.txt"), HEREDOC, "  ");
        Path wiki = ROOT.resolve("e2e/wiki/policy.yaml");
        examples.add(new Example(ROOT.relativize(wiki).toString(), Files.readString(wiki)));
        return examples;
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            Stream<Path> all = Stream.concat(
                    docs.filter(path -> path.toString().endsWith(".md")),
                    Stream.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")));
            return all.sorted().toList();
        }
    }

    private static void addMatches(List<Example> examples, Path file, Pattern pattern, String indent)
            throws IOException {
        String text = Files.readString(file);
        Matcher match = pattern.matcher(text);
        while (match.find()) {
            long line = text.substring(0, match.start()).lines().count() + 1;
            String yaml = match.group(1).replaceAll("(?m)^" + indent, "");
            examples.add(new Example(ROOT.relativize(file) + ":" + line, yaml));
        }
    }
}
