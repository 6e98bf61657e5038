package io.pagecache.e2e.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.e2e.Cluster;
import io.pagecache.e2e.KubernetesCluster;
import org.junit.jupiter.api.Test;

/** What {@code ./pagecache demo --check} does, as a test. */
@KubernetesCluster
class WholeProductE2E {

    @Test
    void shouldTellTheWholeStory(Cluster cluster) throws Exception {
        Narrator narrator = new Narrator(System.out);

        new Story(Installation.on(cluster), narrator).tell();

        assertThat(narrator.steps()).isEqualTo(13);
    }
}
