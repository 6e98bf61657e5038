package io.pagecache.e2e.pod;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.pagecache.e2e.network.AddressPool;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** What every pod of a node shares. */
public record PodHost(
        KubernetesClient client,
        Function<String, Optional<ContainerImage>> images,
        ClusterObjects objects,
        Isolation isolation,
        PodNames names,
        AddressPool addresses,
        InetAddress hostIp,
        Path scratch,
        Path logs) {

    /** Where containers find the API server. */
    URI apiServer() {
        return URI.create(client.getConfiguration().getMasterUrl());
    }
}
