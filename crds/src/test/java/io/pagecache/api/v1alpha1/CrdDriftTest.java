package io.pagecache.api.v1alpha1;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CrdDriftTest {
    private static final Path FOLDER = Path.of("src/main/resources/META-INF/pagecache/crds");

    @Test
    void shouldHaveCommittedTheDefinitionOfPolicies() throws IOException {
        new CommittedFile(FOLDER.resolve("pagecachepolicies.pagecache.io.yaml"))
                .shouldBe(CrdYaml.of(PageCachePolicy.class));
    }

    @Test
    void shouldHaveCommittedTheDefinitionOfPurges() throws IOException {
        new CommittedFile(FOLDER.resolve("pagecachepurges.pagecache.io.yaml"))
                .shouldBe(CrdYaml.of(PageCachePurge.class));
    }
}
