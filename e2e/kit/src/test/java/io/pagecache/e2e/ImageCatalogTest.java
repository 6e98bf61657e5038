package io.pagecache.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.e2e.pod.ContainerImage;
import org.junit.jupiter.api.Test;

class ImageCatalogTest {
    private final ImageCatalog images = new ImageCatalog()
            .add("localhost:5000/app", ContainerImage.command("any"))
            .add("localhost:5000/app:2", ContainerImage.command("second"));

    @Test
    void shouldPreferTheExactReference() {
        assertThat(images.find("localhost:5000/app:2").orElseThrow().entrypoint())
                .containsExactly("second");
    }

    @Test
    void shouldFindAnImageByNameWhateverItsTagOrDigest() {
        assertThat(images.find("localhost:5000/app").orElseThrow().entrypoint()).containsExactly("any");
        assertThat(images.find("localhost:5000/app:1").orElseThrow().entrypoint())
                .containsExactly("any");
        assertThat(images.find("localhost:5000/app:1@sha256:abc").orElseThrow().entrypoint())
                .containsExactly("any");
        assertThat(images.find("other")).isEmpty();
    }
}
