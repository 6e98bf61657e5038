package io.pagecache.operator.compile;

import io.pagecache.api.v1alpha1.BackendRef;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@code backendRef} leads.
 *
 * @param host DNS name or address
 * @param port 1 to 65535
 * @param unresolved what is missing (a Service that does not exist yet), or null; the policy is programmed all the same
 */
public record Backend(String host, int port, @Nullable String unresolved) {

    /** The Service's name within the cluster. */
    public static Backend service(String namespace, BackendRef ref) {
        return new Backend(ref.name() + "." + namespace + ".svc", ref.port(), null);
    }

    /** The same place, known not to answer. */
    public Backend butUnresolved(String why) {
        return new Backend(host, port, why);
    }
}
