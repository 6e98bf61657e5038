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

        Installation installation = Installation.on(cluster);

        new Story(installation, narrator).tell();

        boolean countsViews = installation.memcachedManifest() != null; // two steps that need Debian's memcached
        assertThat(narrator.steps()).isEqualTo(countsViews ? 18 : 16);
    }
}
