package io.pagecache.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nothing of the two systems that are carried on is lost: each of their features has a line, and a test that names it. */
class HeritageTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern LINE = Pattern.compile("(?m)^\\| ([TW]\\d+) \\|([^|]*)\\|([^|]*)\\|([^|]*)\\|$");
    private static final Pattern TEST_NAME = Pattern.compile("`([A-Za-z0-9]+(?:Test|IT|E2E))`");

    /** @param shownBy names of test classes; empty where the line says why there are none */
    private record Row(String id, String today, String testCell, List<String> shownBy) {}

    @Test
    void shouldHaveALineForEachRow() throws IOException {
        assertThat(rows()).extracting(Row::id).containsExactlyElementsOf(expectedIds());
    }

    @Test
    void shouldNameATestOrSayWhyThereIsNone() throws IOException {
        assertThat(rows()).allSatisfy(row -> {
            assertThat(row.today()).isNotBlank();
            assertThat(row.shownBy().isEmpty())
                    .as("%s names no test, so its line must have a dash", row.id())
                    .isEqualTo(row.testCell().strip().startsWith("—"));
        });
    }

    @Test
    void shouldBeNamedByTheTests() throws IOException {
        Map<String, List<Path>> tests = testSources();
        List<String> missing = new ArrayList<>();
        for (Row row : rows()) {
            for (String name : row.shownBy()) {
                boolean names = tests.getOrDefault(name, List.of()).stream()
                        .anyMatch(source -> read(source).contains('"' + "seed:" + row.id() + '"'));
                if (!names) {
                    missing.add("%s: no class %s with @Tag(\"seed:%s\")".formatted(row.id(), name, row.id()));
                }
            }
        }

        assertThat(missing).isEmpty();
    }

    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        Matcher line = LINE.matcher(Files.readString(ROOT.resolve("docs/reference/heritage.md")));
        while (line.find()) {
            List<String> tests = TEST_NAME
                    .matcher(line.group(4))
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            rows.add(new Row(line.group(1), line.group(3), line.group(4), tests));
        }
        return rows;
    }

    private static List<String> expectedIds() {
        return Stream.of(ids("T", 1, 18), ids("T", 20, 48), ids("W", 1, 60), ids("W", 70, 80))
                .flatMap(ids -> ids)
                .toList();
    }

    private static Stream<String> ids(String letter, int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(number -> letter + number);
    }

    private static Map<String, List<Path>> testSources() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file ->
                            file.toString().endsWith(".java") && file.toString().contains("/src/test/java/"))
                    .collect(Collectors.groupingBy(
                            file -> file.getFileName().toString().replace(".java", "")));
        }
    }

    private static String read(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
