package io.pagecache.standalone.serve;

import io.pagecache.api.v1alpha1.BackendRef;
import io.pagecache.operator.compile.Backend;
import java.util.Map;

/**
 * Where the Services of a policy are on this machine: by name where said, otherwise on the loopback address with their
 * port.
 */
public record LocalBackends(Map<String, Address> byName) {
    private static final String LOOPBACK = "127.0.0.1";

    public LocalBackends {
        byName = Map.copyOf(byName);
    }

    Backend resolve(BackendRef ref) {
        Address address = byName.getOrDefault(ref.name(), new Address(LOOPBACK, ref.port()));
        return new Backend(address.host(), address.port(), null);
    }

    /** For people: where a Service is looked for, and how to say otherwise. */
    String explain(BackendRef ref) {
        return byName.containsKey(ref.name())
                ? "Service %s is %s".formatted(ref.name(), byName.get(ref.name()))
                : "Service %s is taken to be %s:%d; say --backend %1$s=HOST:PORT if it is elsewhere"
                        .formatted(ref.name(), LOOPBACK, ref.port());
    }
}
