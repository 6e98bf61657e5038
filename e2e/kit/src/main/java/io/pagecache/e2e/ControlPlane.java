package io.pagecache.e2e;

import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.pagecache.e2e.controlplane.ControlPlaneSource;
import io.pagecache.e2e.controlplane.LocalControlPlane;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A Kubernetes API with controllers and scheduler: an existing cluster's, or one of local processes. */
public final class ControlPlane implements AutoCloseable {
    private final ControlPlaneSource source;
    private final @Nullable LocalControlPlane local;
    private final Path kubeconfig;
    private final Config config;
    private final KubernetesClient admin;

    private ControlPlane(ControlPlaneSource source, @Nullable LocalControlPlane local, Path kubeconfig) {
        this.source = source;
        this.local = local;
        this.kubeconfig = kubeconfig;
        this.config = Config.fromKubeconfig(kubeconfig.toFile());
        this.admin = clientFor(config);
    }

    /** Starts, or finds, the control plane that this machine offers, and says which. */
    public static ControlPlane start() {
        return start(ControlPlaneSource.find());
    }

    /** Starts a control plane from this source; throws with advice when the source is {@code Missing}. */
    public static ControlPlane start(ControlPlaneSource source) {
        if (!(source instanceof ControlPlaneSource.Missing)) {
            System.err.println("Control plane: " + source.describe());
        }
        if (source instanceof ControlPlaneSource.Existing existing) {
            if (!Files.isReadable(existing.kubeconfig())) {
                throw new IllegalStateException(
                        "PAGECACHE_KUBECONFIG is " + existing.kubeconfig() + ", which is no file that can be read");
            }
            return new ControlPlane(source, null, existing.kubeconfig());
        }
        LocalControlPlane started = LocalControlPlane.start(source);
        return new ControlPlane(source, started, started.kubeconfig());
    }

    /** The administrator's client; shared, closed with the control plane. */
    public KubernetesClient admin() {
        return admin;
    }

    public Config adminConfig() {
        return config;
    }

    /** A kubeconfig file of the administrator, for programs such as kubectl and Helm. */
    public Path kubeconfig() {
        return kubeconfig;
    }

    /** A client with no more rights than this ServiceAccount has; the caller closes it. */
    public KubernetesClient as(String namespace, String serviceAccount) {
        return clientFor(configOf(namespace, serviceAccount));
    }

    /** How a program with this ServiceAccount's rights reaches the API: a fresh token, nothing of the administrator's. */
    public Config configOf(String namespace, String serviceAccount) {
        TokenRequest request = new TokenRequestBuilder().withNewSpec().endSpec().build();
        TokenRequest issued = admin.serviceAccounts()
                .inNamespace(namespace)
                .withName(serviceAccount)
                .tokenRequest(request);
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(config.getMasterUrl())
                .withCaCertData(config.getCaCertData())
                .withCaCertFile(config.getCaCertFile())
                .withOauthToken(issued.getStatus().getToken())
                .withNamespace(namespace)
                .build();
    }

    /** Real pods run elsewhere: no {@link LocalKubelet} is needed, or possible. */
    public boolean isExisting() {
        return local == null;
    }

    public String describe() {
        return source.describe();
    }

    /** A kubectl command line with our kubeconfig; without a local one, the kubectl on the path. */
    public List<String> kubectl(String... arguments) {
        List<String> command = new ArrayList<>(local == null ? List.of("kubectl") : local.kubectl());
        command.add("--kubeconfig=" + kubeconfig);
        command.addAll(List.of(arguments));
        return command;
    }

    /** Takes the API server away, as a crash would, until the outage is closed; empty for an existing cluster. */
    public Optional<Outage> outage() {
        if (local == null) {
            return Optional.empty();
        }
        LocalControlPlane affected = local;
        affected.stopApiServer();
        return Optional.of(affected::startApiServer);
    }

    /** The folder of the processes' logs; empty for an existing cluster. */
    public Optional<Path> logs() {
        return Optional.ofNullable(local).map(LocalControlPlane::logs);
    }

    private static KubernetesClient clientFor(Config config) {
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    @Override
    public void close() {
        admin.close();
        if (local != null) {
            local.close();
        }
    }

    /** A time without an API server; closing it brings the server back and waits until it is ready. */
    @FunctionalInterface
    public interface Outage extends AutoCloseable {
        @Override
        void close();
    }
}
