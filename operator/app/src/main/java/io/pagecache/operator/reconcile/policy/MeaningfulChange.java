package io.pagecache.operator.reconcile.policy;

import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import io.pagecache.api.v1alpha1.PageCachePolicy;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The changes of a policy that ask for a pass: its spec, its deletion, our annotations; not its status, which we write. */
public final class MeaningfulChange implements OnUpdateFilter<PageCachePolicy> {
    private static final String OURS = PageCachePolicy.GROUP + "/";

    @Override
    public boolean accept(PageCachePolicy changed, PageCachePolicy before) {
        return !Objects.equals(
                        changed.getMetadata().getGeneration(),
                        before.getMetadata().getGeneration())
                || changed.isMarkedForDeletion() != before.isMarkedForDeletion()
                || !ourAnnotations(changed).equals(ourAnnotations(before));
    }

    private static Map<String, String> ourAnnotations(PageCachePolicy policy) {
        Map<String, String> annotations = policy.getMetadata().getAnnotations();
        if (annotations == null) {
            return Map.of();
        }
        Map<String, String> ours = new TreeMap<>(annotations);
        ours.keySet().removeIf(name -> !name.startsWith(OURS));
        return ours;
    }
}
