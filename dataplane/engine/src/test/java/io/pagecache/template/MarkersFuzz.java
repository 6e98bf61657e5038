package io.pagecache.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.pagecache.http.Body;
import java.nio.charset.StandardCharsets;

/** F13: any page compiles, within bounds; one without an opening marker stays as it is. */
class MarkersFuzz {
    private static final PageCompiler COMPILER = new PageCompiler(SamplePages.withValues("user", "session"));

    @FuzzTest
    @DictionaryEntries({
        "<!--pc:",
        "-->",
        "get user",
        " \\x22guest\\x22",
        " | html",
        "if session.name",
        "unless user",
        "else",
        "end",
        "element greeting"
    })
    void shouldCompileAnyPage(@NotNull String text) {
        byte[] page = text.getBytes(StandardCharsets.UTF_8);

        Compilation compilation = COMPILER.compile(Body.wrap(page), "text/html; charset=utf-8");

        boolean mayHaveMarkers = text.contains("<!--pc:");
        assertThat(compilation.page() == null || mayHaveMarkers).isTrue();
        if (compilation.page() != null) {
            assertThat(compilation.page().size()).isLessThanOrEqualTo(3 * PageCompiler.MAX_MARKERS + 1);
        }
    }
}
