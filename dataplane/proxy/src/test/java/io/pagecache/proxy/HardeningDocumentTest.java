package io.pagecache.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page about hardening names every case, and only tests and metrics that exist. */
class HardeningDocumentTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Path PAGE = ROOT.resolve("docs/reference/hardening.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([A-F][0-9]+) \\|.*$");
    private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z0-9]+)#([a-z][A-Za-z0-9]+)`");
    private static final Pattern METRIC = Pattern.compile("`(pagecache_[a-z_]+)`");

    @Test
    void shouldHaveOneRowForEachCase() throws IOException {
        List<String> expected = Stream.of(
                        ids("A", 24), ids("B", 9), ids("C", 13), ids("D", 15), ids("E", 24), ids("F", 13))
                .flatMap(List::stream)
                .toList();

        assertThat(rows().map(row -> row.group(1))).containsExactlyElementsOf(expected);
    }

    @Test
    void shouldNameATestForEachCaseOrSayWhyThereIsNone() throws IOException {
        assertThat(rows().map(MatchResult::group)
                        .filter(row -> !TEST.matcher(row).find() && !row.contains("No test: ")))
                .isEmpty();
    }

    @Test
    void shouldNameTestsThatExist() throws IOException {
        Map<String, String> sources = testSources();

        assertThat(TEST.matcher(Files.readString(PAGE)).results().map(MatchResult::group))
                .isNotEmpty()
                .allMatch(test -> isIn(sources, test));
    }

    @Test
    void shouldNameMetricsThatExist() throws IOException {
        String metrics = Files.readString(ROOT.resolve("docs/reference/metrics.md"));

        assertThat(METRIC.matcher(Files.readString(PAGE)).results())
                .isNotEmpty()
                .allSatisfy(metric -> assertThat(metrics).contains("| `" + metric.group(1) + "` |"));
    }

    private static boolean isIn(Map<String, String> sources, String reference) {
        int separator = reference.indexOf('#');
        String name = reference.substring(separator + 1, reference.length() - 1);
        return sources.getOrDefault(reference.substring(1, separator), "").contains("void " + name + "(");
    }

    private static Stream<MatchResult> rows() throws IOException {
        return ROW.matcher(Files.readString(PAGE)).results();
    }

    private static List<String> ids(String letter, int last) {
        return IntStream.rangeClosed(1, last)
                .mapToObj(number -> letter + number)
                .toList();
    }

    /** All test classes of the repository by name, as text: most of them are not on this class path. */
    private static Map<String, String> testSources() throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = folder.getFileName().toString();
                boolean skipped = name.equals("target") || (name.startsWith(".") && !name.startsWith(".."));
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().contains("/src/test/java/")
                        && file.toString().endsWith(".java")) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        Map<String, String> sources = new HashMap<>();
        for (Path file : files) {
            String name = file.getFileName().toString().replace(".java", "");
            sources.merge(name, Files.readString(file), String::concat);
        }
        return sources;
    }
}
