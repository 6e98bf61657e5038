package io.pagecache.e2e;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.pagecache.e2e.controlplane.ControlPlaneSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A cluster that runs pods: an existing one, or a local control plane with one {@link LocalKubelet}. */
public final class Cluster implements AutoCloseable {
    private static final Duration NAMESPACE_PATIENCE = Duration.ofSeconds(30);

    private final ControlPlane controlPlane;
    private final ImageCatalog images;
    private final @Nullable LocalKubelet kubelet;
    private final ConcurrentMap<String, LocalPortForward> forwards = new ConcurrentHashMap<>();

    private Cluster(ControlPlane controlPlane, ImageCatalog images, @Nullable LocalKubelet kubelet) {
        this.controlPlane = controlPlane;
        this.images = images;
        this.kubelet = kubelet;
    }

    /** Starts what this machine offers; see {@link ControlPlaneSource#find()}. */
    public static Cluster start() {
        return start(ControlPlaneSource.find());
    }

    static Cluster start(ControlPlaneSource source) {
        ControlPlane controlPlane = ControlPlane.start(source);
        ImageCatalog images = new ImageCatalog();
        if (controlPlane.isExisting()) {
            return new Cluster(controlPlane, images, null);
        }
        try {
            LocalKubelet kubelet = LocalKubelet.start(controlPlane, images);
            System.err.println(kubelet.describe());
            return new Cluster(controlPlane, images, kubelet);
        } catch (RuntimeException e) {
            controlPlane.close();
            throw e;
        }
    }

    public ControlPlane controlPlane() {
        return controlPlane;
    }

    /** The administrator's client; shared, closed with the cluster. */
    public KubernetesClient client() {
        return controlPlane.admin();
    }

    /** What stands for which image; ignored by an existing cluster, which pulls real ones. */
    public ImageCatalog images() {
        return images;
    }

    /** The node of a local cluster; empty for an existing one. */
    public Optional<LocalKubelet> kubelet() {
        return Optional.ofNullable(kubelet);
    }

    /** Where this JVM reaches a Service's port; by port forwarding, to one pod, in an existing cluster. */
    public ServiceAddress address(String namespace, String service, int port) {
        if (kubelet != null) {
            return kubelet.address(namespace, service, port);
        }
        LocalPortForward forward = forwards.computeIfAbsent(
                namespace + "/" + service + ":" + port,
                _ -> client().services()
                        .inNamespace(namespace)
                        .withName(service)
                        .portForward(port));
        return new ServiceAddress("127.0.0.1", forward.getLocalPort());
    }

    /** What a pod's containers wrote. */
    public String log(String namespace, String podName) {
        return kubelet != null
                ? kubelet.log(podName)
                : client().pods().inNamespace(namespace).withName(podName).getLog();
    }

    /** A new namespace, named by the prefix and something random, in which pods can be made at once. */
    public String createNamespace(String prefix) {
        Namespace namespace = client().resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName(prefix + "-")
                        .endMetadata()
                        .build())
                .create();
        String name = namespace.getMetadata().getName();
        client().serviceAccounts()
                .inNamespace(name)
                .withName("default")
                .waitUntilCondition(account -> account != null, NAMESPACE_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return name;
    }

    /** Begins the deletion of a namespace and all in it. */
    public void deleteNamespace(String name) {
        client().namespaces().withName(name).delete();
    }

    @Override
    public void close() {
        for (LocalPortForward forward : List.copyOf(forwards.values())) {
            try {
                forward.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        if (kubelet != null) {
            kubelet.close();
        }
        controlPlane.close();
    }
}
