package io.pagecache.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A generated file that is committed: PAGECACHE_REGENERATE=true rewrites it, otherwise a difference fails the test. */
record CommittedFile(Path path) {
    private static final boolean REGENERATE = Boolean.parseBoolean(System.getenv("PAGECACHE_REGENERATE"));

    void shouldBe(String generated) throws IOException {
        if (REGENERATE) {
            Files.createDirectories(path.getParent());
            Files.writeString(path, generated);
        }

        assertThat(path)
                .as("%s is generated: run this test with PAGECACHE_REGENERATE=true in the environment", path)
                .exists()
                .hasContent(generated);
    }
}
