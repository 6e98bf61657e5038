package io.pagecache.e2e;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.NodeStatusBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.InetAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Our Node, ready for as long as its lease is renewed. Its capacity is large: limits of containers are not enforced. */
final class LocalNode implements AutoCloseable {
    private static final int LEASE_SECONDS = 40;
    private static final int HEARTBEAT_SECONDS = 10;
    private static final Map<String, Quantity> CAPACITY =
            Map.of("cpu", new Quantity("256"), "memory", new Quantity("1Ti"), "pods", new Quantity("500"));

    private final KubernetesClient client;
    private final String name;
    private final ScheduledExecutorService heartbeat = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("node-heartbeat").factory());

    private LocalNode(KubernetesClient client, String name) {
        this.client = client;
        this.name = name;
    }

    /** The port is where the API server asks for the logs of our pods. */
    static LocalNode register(KubernetesClient client, String name, InetAddress address, int port) {
        LocalNode node = new LocalNode(client, name);
        Node registered = client.resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToLabels("kubernetes.io/hostname", name)
                        .addToLabels("kubernetes.io/os", "linux")
                        .addToLabels("topology.kubernetes.io/zone", "local")
                        .endMetadata()
                        .build())
                .create();
        registered.setStatus(status(address, port));
        registered.getMetadata().setResourceVersion(null); // the controllers write to a new Node at once, too
        client.resource(registered).patchStatus();
        node.renew();
        node.heartbeat.scheduleAtFixedRate(node::renew, HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
        return node;
    }

    private static NodeStatus status(InetAddress address, int port) {
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        return new NodeStatusBuilder()
                .withCapacity(CAPACITY)
                .withAllocatable(CAPACITY)
                .addNewAddress(address.getHostAddress(), "InternalIP")
                .withNewDaemonEndpoints()
                .withNewKubeletEndpoint(port)
                .endDaemonEndpoints()
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .withReason("KubeletReady")
                .withLastHeartbeatTime(now)
                .withLastTransitionTime(now)
                .endCondition()
                .withNewNodeInfo()
                .withArchitecture(System.getProperty("os.arch"))
                .withOperatingSystem("linux")
                .withOsImage("processes of this machine")
                .withKernelVersion(System.getProperty("os.version"))
                .withContainerRuntimeVersion("process://1")
                .withKubeletVersion("v1.36.0")
                .withKubeProxyVersion("")
                .withBootID("")
                .withMachineID("")
                .withSystemUUID("")
                .endNodeInfo()
                .build();
    }

    String name() {
        return name;
    }

    /** The controllers see a node without a renewed lease as lost, and evict its pods. */
    private void renew() {
        Lease lease = new LeaseBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("kube-node-lease")
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(name)
                .withLeaseDurationSeconds(LEASE_SECONDS)
                .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC))
                .endSpec()
                .build();
        try {
            client.resource(lease).forceConflicts().serverSideApply();
        } catch (KubernetesClientException e) {
            // The API server is away, or its first namespaces are not made yet: the next beat tries again.
            return;
        }
    }

    @Override
    public void close() {
        heartbeat.shutdownNow();
    }
}
