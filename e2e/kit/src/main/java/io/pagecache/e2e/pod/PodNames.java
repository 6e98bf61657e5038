package io.pagecache.e2e.pod;

import io.pagecache.e2e.network.HostsFolder;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the names of Services reach a container.
 *
 * @param nameServer null where no name server could be started; containers then get a file of hosts instead
 * @param hosts files of hosts with every Service, kept up to date
 */
public record PodNames(@Nullable InetAddress nameServer, HostsFolder hosts) {

    /** The resolver configuration of a pod in this namespace, as a real cluster's. */
    String resolverConfiguration(String namespace, InetAddress server) {
        return "search " + namespace + ".svc.cluster.local svc.cluster.local cluster.local\nnameserver "
                + server.getHostAddress() + "\noptions ndots:5 timeout:2 attempts:2\n";
    }

    /** Variables for containers without mounts: a JVM is told where the hosts are. */
    Map<String, String> variables(String namespace) {
        return Map.of("JDK_JAVA_OPTIONS", "-Djdk.net.hosts.file=" + hosts.fileFor(namespace));
    }

    /** The hosts of a pod that has a name server: only itself. */
    static String ownHosts(String name, InetAddress address) {
        return String.join(
                "\n", List.of("127.0.0.1 localhost", "::1 localhost", address.getHostAddress() + " " + name, ""));
    }
}
