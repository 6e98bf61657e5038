package io.pagecache.operator.resolve;

import io.fabric8.kubernetes.api.model.Service;
import io.pagecache.api.v1alpha1.BackendRef;
import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.operator.compile.Backend;
import io.pagecache.operator.compile.ResolvedPolicy;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Follows a policy's references. A missing Service keeps the name it would have, so that the policy can be programmed before its
 * application exists and works as soon as that appears.
 */
public final class ReferenceResolver {
    private ReferenceResolver() {}

    /** @param services the Service of that name in the policy's namespace, if there is one */
    public static ResolvedPolicy resolve(PageCachePolicy policy, Function<String, Optional<Service>> services) {
        String namespace = policy.getMetadata().getNamespace();
        return ResolvedPolicy.of(policy, ref -> backend(namespace, ref, services.apply(ref.name())));
    }

    /** One sentence for each reference without a target. */
    public static List<String> unresolved(ResolvedPolicy resolved) {
        return resolved.backends().values().stream()
                .map(Backend::unresolved)
                .filter(Objects::nonNull)
                .sorted()
                .toList();
    }

    private static Backend backend(String namespace, BackendRef ref, Optional<Service> service) {
        Backend backend = Backend.service(namespace, ref);
        if (service.isEmpty()) {
            return backend.butUnresolved("Service %s/%s does not exist.".formatted(namespace, ref.name()));
        }
        return ports(service.get()).anyMatch(ref.port()::equals)
                ? backend
                : backend.butUnresolved("Service %s/%s has no port %d: it has %s."
                        .formatted(
                                namespace,
                                ref.name(),
                                ref.port(),
                                ports(service.get()).sorted().toList()));
    }

    private static Stream<Integer> ports(Service service) {
        return service.getSpec().getPorts().stream().map(port -> port.getPort());
    }
}
