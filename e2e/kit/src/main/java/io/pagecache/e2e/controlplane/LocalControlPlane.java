package io.pagecache.e2e.controlplane;

import io.pagecache.e2e.process.ChildProcess;
import io.pagecache.e2e.process.WorkFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A control plane of local processes. RBAC is on, so the rights that a chart grants are the rights a test has. */
public final class LocalControlPlane implements AutoCloseable {
    private static final int ATTEMPTS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration GRACE = Duration.ofSeconds(5);
    /** The endpoint controllers are off: the API server refuses the loopback addresses of our pods in EndpointSlices. */
    private static final String CONTROLLERS =
            "*,-endpoints-controller,-endpointslice-controller,-endpointslice-mirroring-controller";

    private final KubernetesParts parts;
    private final WorkFolder folder;
    private final Identities identities;
    private final int etcdPort;
    private final int apiPort;
    private final Path kubeconfig;
    private final ChildProcess etcd;
    private final List<ChildProcess> controllers = new ArrayList<>();
    private @Nullable ChildProcess apiServer;

    private LocalControlPlane(KubernetesParts parts, WorkFolder folder) {
        this.parts = parts;
        this.folder = folder;
        this.identities = Identities.createIn(folder.scratch());
        List<Integer> ports = FreePorts.find(3);
        this.etcdPort = ports.get(0);
        this.apiPort = ports.get(1);
        this.kubeconfig = folder.scratch().resolve("kubeconfig");
        this.etcd = start("etcd", parts.etcd(), etcdArguments(ports.get(2)));
        try {
            startApiServer();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Starts everything that the source offers; ready means that the API server says so. */
    public static LocalControlPlane start(ControlPlaneSource source) {
        KubernetesParts parts =
                switch (source) {
                    case ControlPlaneSource.Found found -> found.parts();
                    case ControlPlaneSource.Built built -> SourceBuild.build(built);
                    case ControlPlaneSource.Existing _ ->
                        throw new IllegalArgumentException("an existing cluster is not started");
                    case ControlPlaneSource.Missing missing -> throw new IllegalStateException(missing.whatToInstall());
                };
        return start(parts, ATTEMPTS);
    }

    private static LocalControlPlane start(KubernetesParts parts, int attempts) {
        try {
            return new LocalControlPlane(parts, WorkFolder.create("control-plane"));
        } catch (Readiness.EndedEarly e) {
            if (attempts > 1) {
                return start(parts, attempts - 1);
            }
            throw e;
        }
    }

    public Path kubeconfig() {
        return kubeconfig;
    }

    public List<String> kubectl() {
        return parts.kubectl();
    }

    public Path logs() {
        return folder.logs();
    }

    private String serverUrl() {
        return "https://127.0.0.1:" + apiPort;
    }

    /**
     * Starts the API server, after {@link #stopApiServer} on the same port and data, waits until it is ready, and starts the
     * controllers: those of before the outage would wait up to 30 seconds before they looked again.
     */
    public synchronized void startApiServer() {
        if (apiServer != null && apiServer.isAlive()) {
            return;
        }
        ChildProcess started = start("kube-apiserver", parts.apiServer(), apiServerArguments());
        apiServer = started;
        new Readiness(serverUrl(), identities.authority()).await(started, etcd, PATIENCE);
        folder.write("kubeconfig", identities.kubeconfig(serverUrl()));
        stopControllers();
        startControllers();
    }

    /** Ends the API server at once, as a crash would; etcd keeps the data. */
    public synchronized void stopApiServer() {
        if (apiServer != null) {
            apiServer.close();
        }
    }

    private void startControllers() {
        if (parts.runsDeployments()) {
            controllers.add(start(
                    "kube-controller-manager", Objects.requireNonNull(parts.controllers()), controllerArguments()));
            controllers.add(start("kube-scheduler", Objects.requireNonNull(parts.scheduler()), schedulerArguments()));
        }
    }

    private ChildProcess start(String name, List<String> program, List<String> arguments) {
        List<String> command = new ArrayList<>(program);
        command.addAll(arguments);
        return ChildProcess.start(name, command, environment(), folder.logs().resolve(name + ".log"));
    }

    private static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
        environment.put("HOME", System.getProperty("java.io.tmpdir"));
        environment.put("GOGC", "200");
        return environment;
    }

    private List<String> etcdArguments(int peerPort) {
        String clients = "http://127.0.0.1:" + etcdPort;
        String peers = "http://127.0.0.1:" + peerPort;
        return List.of(
                "--data-dir=" + folder.scratch().resolve("etcd"),
                "--listen-client-urls=" + clients,
                "--advertise-client-urls=" + clients,
                "--listen-peer-urls=" + peers,
                "--initial-advertise-peer-urls=" + peers,
                "--initial-cluster=default=" + peers,
                "--unsafe-no-fsync",
                "--log-level=warn");
    }

    private List<String> apiServerArguments() {
        return List.of(
                "--etcd-servers=http://127.0.0.1:" + etcdPort,
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--endpoint-reconciler-type=none",
                "--secure-port=" + apiPort,
                "--cert-dir=" + identities.certificates(),
                "--token-auth-file=" + identities.tokens(),
                "--authorization-mode=Node,RBAC",
                "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
                "--service-account-key-file=" + identities.verifyingKey(),
                "--service-account-signing-key-file=" + identities.signingKey(),
                "--service-cluster-ip-range=10.96.0.0/16",
                "--allow-privileged=true",
                "--profiling=false");
    }

    private List<String> controllerArguments() {
        return List.of(
                "--kubeconfig=" + kubeconfig,
                "--leader-elect=false",
                "--secure-port=0",
                "--controllers=" + CONTROLLERS,
                "--service-account-private-key-file=" + identities.signingKey(),
                "--root-ca-file=" + identities.authority(),
                "--kube-api-qps=200",
                "--kube-api-burst=400",
                "--profiling=false");
    }

    private List<String> schedulerArguments() {
        return List.of("--kubeconfig=" + kubeconfig, "--leader-elect=false", "--secure-port=0", "--profiling=false");
    }

    private void stopControllers() {
        controllers.forEach(ChildProcess::kill);
        controllers.forEach(controller -> controller.endsWithin(GRACE));
        controllers.clear();
    }

    /** Last things first: an API server without its etcd would only fill its log. */
    @Override
    public void close() {
        stopControllers();
        stopApiServer();
        etcd.stop(GRACE);
        folder.close();
    }
}
