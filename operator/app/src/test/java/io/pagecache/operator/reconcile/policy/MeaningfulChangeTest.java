package io.pagecache.operator.reconcile.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.api.v1alpha1.PageCachePolicyStatus;
import io.pagecache.operator.Policies;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeaningfulChangeTest {
    private final MeaningfulChange filter = new MeaningfulChange();
    private final PageCachePolicy before = Policies.shop("");
    private final PageCachePolicy after = Policies.shop("");

    @Test
    void shouldIgnoreOurOwnStatus() {
        after.setStatus(new PageCachePolicyStatus(1L, "r", null, null, null, null, null, null, null));

        assertThat(filter.accept(after, before)).isFalse();
    }

    @Test
    void shouldIgnoreAnnotationsOfOthers() {
        after.getMetadata().setAnnotations(Map.of("example.com/note", "x"));

        assertThat(filter.accept(after, before)).isFalse();
    }

    @Test
    void shouldAcceptOurAnnotations() {
        after.getMetadata().setAnnotations(Map.of("pagecache.io/purge", "all"));

        assertThat(filter.accept(after, before)).isTrue();
    }

    @Test
    void shouldAcceptANewGeneration() {
        after.getMetadata().setGeneration(2L);

        assertThat(filter.accept(after, before)).isTrue();
    }

    @Test
    void shouldAcceptADeletion() {
        after.getMetadata().setDeletionTimestamp("2026-11-22T10:00:00Z");

        assertThat(filter.accept(after, before)).isTrue();
    }
}
