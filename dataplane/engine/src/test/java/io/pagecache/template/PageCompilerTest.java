package io.pagecache.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.http.Body;
import io.pagecache.plan.Pages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Scenarios in {@code src/test/resources/PageCompilerTest}: {@code in-page.html} becomes the segments and problems of
 * {@code out-segments.txt}. With {@code GOLDEN_WRITE=1} in the environment the outputs are written instead of compared.
 */
@Tag("seed:T26")
@Tag("seed:T27")
@Tag("seed:T34")
class PageCompilerTest {
    private static final Path SCENARIOS = Path.of("src/test/resources/PageCompilerTest");
    private static final Set<String> FILES = Set.of("in-page.html", "in-content-type.txt", "out-segments.txt");
    private static final boolean WRITE = "1".equals(System.getenv("GOLDEN_WRITE"));

    private final PageCompiler compiler = new PageCompiler(SamplePages.withValues("user", "session"));

    static List<String> scenarios() throws IOException {
        try (Stream<Path> folders = Files.list(SCENARIOS)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void shouldCutPageIntoSegments(String scenario) throws IOException {
        Path folder = SCENARIOS.resolve(scenario);
        Path type = folder.resolve("in-content-type.txt");
        String contentType = Files.exists(type) ? Files.readString(type).strip() : "text/html; charset=utf-8";

        Compilation compilation =
                compiler.compile(Body.wrap(Files.readAllBytes(folder.resolve("in-page.html"))), contentType);

        Path expected = folder.resolve("out-segments.txt");
        if (WRITE) {
            Files.writeString(expected, printed(compilation));
        }
        assertThat(printed(compilation)).isEqualTo(Files.readString(expected));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void shouldHaveNoStrayFiles(String scenario) throws IOException {
        try (Stream<Path> files = Files.list(SCENARIOS.resolve(scenario))) {
            assertThat(files.map(file -> file.getFileName().toString())).isSubsetOf(FILES);
        }
    }

    @Test
    void shouldStopAtMarkerLimit() {
        String page = "<!--pc:get user-->".repeat(PageCompiler.MAX_MARKERS) + "\n<!--pc:get user-->";

        Compilation compilation = compile(page);

        assertThat(compilation.page().size()).isEqualTo(PageCompiler.MAX_MARKERS + 1);
        assertThat(compilation.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(2);
            assertThat(problem.message()).startsWith("more than 1000 markers");
        });
    }

    @Test
    void shouldLeaveMarkerThatIsTooLongAsItIs() {
        String marker = "<!--pc:get user \"" + "x".repeat(PageCompiler.MAX_MARKER_LENGTH) + "\"-->";

        Compilation compilation = compile(marker + "<!--pc:get user-->");

        assertThat(printed(compilation)).contains("value user");
        assertThat(compilation.problems()).hasSize(1);
    }

    @Test
    void shouldShowNothingOfConditionsNestedTooDeeply() {
        int levels = PageCompiler.MAX_NESTING + 1;
        String page = "<!--pc:unless user-->x".repeat(levels) + "<!--pc:end-->".repeat(levels);
        PageRenderer renderer = new PageRenderer(ElementTemplates.of(Pages.NONE));

        Compilation compilation = compile(page);

        assertThat(compilation.problems()).hasSize(1);
        RenderedPage rendered =
                renderer.render(renderer.choose(compilation.page(), java.util.Map.of()), java.util.Map.of());
        assertThat(rendered.length()).isEqualTo(PageCompiler.MAX_NESTING);
    }

    @Test
    void shouldBoundWhatItReports() {
        assertThat(compile("<!--pc:nonsense-->".repeat(500)).problems()).hasSize(50);
    }

    @Test
    void shouldSurviveAnything() {
        java.util.Random random = new java.util.Random(42);
        String[] pieces = {
            "<!--pc:", "-->", "get ", "user", ".", "\"", "|", "if ", "else", "end", "element ", "\n", "é", "\\", " "
        };
        for (int round = 0; round < 5000; round++) {
            StringBuilder page = new StringBuilder();
            for (int i = random.nextInt(30); i > 0; i--) {
                page.append(pieces[random.nextInt(pieces.length)]);
            }
            compile(page.toString());
        }
    }

    private Compilation compile(String page) {
        return compiler.compile(Body.wrap(page.getBytes(StandardCharsets.UTF_8)), "text/html; charset=utf-8");
    }

    private static String printed(Compilation compilation) {
        StringBuilder text = new StringBuilder();
        CompiledPage page = compilation.page();
        if (page == null) {
            text.append("no markers\n");
        } else {
            print(page.segments(), "", text);
            text.append("values: ").append(sorted(page.values())).append('\n');
            text.append("elements: ").append(sorted(page.elements())).append('\n');
        }
        compilation
                .problems()
                .forEach(problem -> text.append("problem ").append(problem).append('\n'));
        return text.toString();
    }

    private static void print(List<Segment> segments, String indent, StringBuilder text) {
        for (Segment segment : segments) {
            text.append(indent);
            switch (segment) {
                case Segment.Static(Body bytes) ->
                    text.append("static ")
                            .append(new String(bytes.toArray(), StandardCharsets.ISO_8859_1).replace("\n", "\\n"))
                            .append('\n');
                case Segment.ValueSlot slot ->
                    text.append(
                            "value %s, default %s, filter %s\n".formatted(slot.path(), slot.fallback(), slot.filter()));
                case Segment.ElementSlot(String element) ->
                    text.append("element ").append(element).append('\n');
                case Segment.Branch branch -> {
                    text.append(branch.whenTrue() ? "if " : "unless ")
                            .append(branch.path())
                            .append('\n');
                    print(branch.then(), indent + "  ", text);
                    text.append(indent).append("else\n");
                    print(branch.otherwise(), indent + "  ", text);
                }
                default -> text.append(segment).append('\n');
            }
        }
    }

    private static String sorted(Set<String> names) {
        return names.stream().sorted().collect(Collectors.joining(", "));
    }
}
