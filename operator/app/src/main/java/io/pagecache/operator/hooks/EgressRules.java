package io.pagecache.operator.hooks;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where hooks may lead. The operator stands where the author of a policy may not: it must not become a way to the node's own services, to
 * the metadata service of a cloud, or in the clear to anybody else's.
 *
 * @param hosts the only hosts allowed, in lower case; one that begins with a dot stands for all names below it. Empty: the rules above
 */
record EgressRules(Optional<Set<String>> hosts) {

    /**
     * Why the URL must not be called, or empty.
     *
     * @param namespace of the policy
     */
    Optional<String> problemOf(URI url, String namespace) {
        String host = url.getHost().toLowerCase(Locale.ROOT);
        if (hosts.isPresent()) {
            return hosts.get().stream().anyMatch(allowed -> isIn(host, allowed))
                    ? Optional.empty()
                    : Optional.of("%s is none of the hosts that this operator may call".formatted(host));
        }
        boolean isOwnService =
                host.endsWith("." + namespace + ".svc") || host.endsWith("." + namespace + ".svc.cluster.local");
        if (!"https".equals(url.getScheme()) && !isOwnService) {
            return Optional.of(
                    "expected https: only a Service of namespace %s is called in the clear".formatted(namespace));
        }
        return addressProblem(host);
    }

    private static boolean isIn(String host, String allowed) {
        return allowed.startsWith(".") ? host.endsWith(allowed) : host.equals(allowed);
    }

    private static Optional<String> addressProblem(String host) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (address.isLoopbackAddress()
                        || address.isLinkLocalAddress()
                        || address.isAnyLocalAddress()
                        || address.isMulticastAddress()) {
                    return Optional.of("%s leads to %s, which is not called".formatted(host, address.getHostAddress()));
                }
            }
            return Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.of("%s is no host that can be found".formatted(host));
        }
    }
}
