package io.pagecache.operator.compile;

import io.pagecache.api.v1alpha1.BackendRef;
import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.api.v1alpha1.PageCachePolicySpec;
import io.pagecache.api.v1alpha1.PagesSpec.HttpSource;
import io.pagecache.api.v1alpha1.PagesSpec.Value;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A policy and where its references lead.
 *
 * @param backends one for every {@code backendRef} of the policy
 */
public record ResolvedPolicy(PageCachePolicy policy, Map<BackendRef, Backend> backends) {
    public ResolvedPolicy {
        backends = Map.copyOf(backends);
    }

    /** Asks for each backend of the policy once. */
    public static ResolvedPolicy of(PageCachePolicy policy, Function<BackendRef, Backend> resolver) {
        Map<BackendRef, Backend> backends = new LinkedHashMap<>();
        for (BackendRef ref : backendRefs(policy.getSpec())) {
            backends.put(ref, resolver.apply(ref));
        }
        return new ResolvedPolicy(policy, backends);
    }

    /** Every Service that a policy refers to, the origin's first. */
    public static Set<BackendRef> backendRefs(PageCachePolicySpec spec) {
        Set<BackendRef> refs = new LinkedHashSet<>();
        BackendRef origin = spec.origin().backendRef();
        if (origin != null) {
            refs.add(origin);
        }
        for (Value value : spec.pages().values()) {
            HttpSource http = value.http();
            BackendRef ref = http == null ? null : http.backendRef();
            if (ref != null) {
                refs.add(ref);
            }
        }
        return refs;
    }

    Backend backend(BackendRef ref) {
        Backend backend = backends.get(ref);
        if (backend == null) {
            throw new IllegalArgumentException("no backend was resolved for " + ref);
        }
        return backend;
    }
}
