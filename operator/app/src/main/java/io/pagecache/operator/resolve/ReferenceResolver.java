package io.pagecache.operator.resolve;

import io.fabric8.kubernetes.api.model.Service;
import io.pagecache.api.v1alpha1.BackendRef;
import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.operator.compile.Backend;
import io.pagecache.operator.compile.ReferencedObject;
import io.pagecache.operator.compile.ResolvedPolicy;
import io.pagecache.operator.resolve.UnresolvedRef.Missing;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Follows a policy's references. A missing Service keeps the name it would have, so that the policy can be programmed before its
 * application exists and works as soon as that appears; so do Secrets, ConfigMaps and volumes, which pods have as files.
 */
public final class ReferenceResolver {
    private ReferenceResolver() {}

    /** @param services the Service of that name in the policy's namespace, if there is one */
    public static ResolvedPolicy resolve(PageCachePolicy policy, Function<String, Optional<Service>> services) {
        String namespace = policy.getMetadata().getNamespace();
        return ResolvedPolicy.of(policy, ref -> backend(namespace, ref, services.apply(ref.name())));
    }

    /** Every reference without a target, the origin's first. */
    public static List<UnresolvedRef> unresolved(
            ResolvedPolicy resolved, Function<ReferencedObject, FoundObject> objects) {
        PageCachePolicy policy = resolved.policy();
        String namespace = policy.getMetadata().getNamespace();
        return Stream.concat(
                        backends(resolved),
                        ReferencedObject.of(policy.getSpec()).stream()
                                .flatMap(object -> missing(namespace, object, objects.apply(object))))
                .toList();
    }

    private static Stream<UnresolvedRef> backends(ResolvedPolicy resolved) {
        BackendRef origin = resolved.policy().getSpec().origin().backendRef();
        return ResolvedPolicy.backendRefs(resolved.policy().getSpec()).stream().flatMap(ref -> {
            String problem =
                    Objects.requireNonNull(resolved.backends().get(ref)).unresolved();
            return problem == null
                    ? Stream.empty()
                    : Stream.of(new UnresolvedRef(ref.equals(origin) ? Missing.ORIGIN : Missing.BACKEND, problem));
        });
    }

    private static Stream<UnresolvedRef> missing(String namespace, ReferencedObject object, FoundObject found) {
        String what = "%s %s/%s".formatted(object.kind(), namespace, object.name());
        return switch (found) {
            case FoundObject.Closed() -> Stream.empty();
            case FoundObject.Absent() ->
                Stream.of(new UnresolvedRef(kind(object), "%s: %s does not exist.".formatted(object.field(), what)));
            case FoundObject.Forbidden() ->
                Stream.of(new UnresolvedRef(
                        Missing.PERMISSION, "%s: the operator may not get %s.".formatted(object.field(), what)));
            case FoundObject.Present(Set<String> keys) ->
                object.files().stream()
                        .filter(key -> !keys.contains(key))
                        .map(key -> new UnresolvedRef(
                                Missing.KEY, "%s: %s has no key %s.".formatted(object.field(), what, key)));
        };
    }

    private static Missing kind(ReferencedObject object) {
        return switch (object.kind()) {
            case SECRET -> Missing.SECRET;
            case CONFIG_MAP -> Missing.CONFIG_MAP;
            case VOLUME_CLAIM -> Missing.VOLUME_CLAIM;
        };
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
