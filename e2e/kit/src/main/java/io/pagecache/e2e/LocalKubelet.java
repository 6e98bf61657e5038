package io.pagecache.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.pagecache.e2e.network.ClusterDns;
import io.pagecache.e2e.network.HostsFolder;
import io.pagecache.e2e.network.LoopbackBlock;
import io.pagecache.e2e.network.NameTable;
import io.pagecache.e2e.network.ServiceNetwork;
import io.pagecache.e2e.pod.ClusterObjects;
import io.pagecache.e2e.pod.Isolation;
import io.pagecache.e2e.pod.PodHost;
import io.pagecache.e2e.pod.PodNames;
import io.pagecache.e2e.pod.PodWorker;
import io.pagecache.e2e.process.ChildProcess;
import io.pagecache.e2e.process.WorkFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A node without a container engine: pods that the scheduler binds to it run as processes of this machine, with everything
 * that a pod sees of its node (environment, volumes, names, an address of its own, probes, restarts, grace) as a kubelet does
 * it. Services get what kube-proxy and the cluster's name server do.
 *
 * <p>Not done: resource limits, users and security contexts, network policies, images' files. Containers share the network of
 * this machine, so a program must listen on its pod's own address ({@code status.podIP}), not on all.
 */
public final class LocalKubelet implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration END_PATIENCE = Duration.ofSeconds(10);

    private final LoopbackBlock block = LoopbackBlock.claim();
    private final WorkFolder folder = WorkFolder.create("kubelet");
    private final Map<String, PodWorker> workers = new ConcurrentHashMap<>();
    private final Map<String, Thread> threads = new ConcurrentHashMap<>();
    private final Object names = new Object();
    private final HostsFolder hosts = new HostsFolder(folder.scratch());
    private final ServiceNetwork network;
    private final Optional<ClusterDns> dns;
    private final ClusterObjects objects;
    private final PodHost host;
    private final LogServer logServer;
    private final LocalNode node;
    private final SharedIndexInformer<Pod> pods;

    private LocalKubelet(KubernetesClient client, ImageCatalog images) {
        network = new ServiceNetwork(client, block.services(), this::namesChanged);
        dns = ClusterDns.start(block.nameServer(), network);
        objects = new ClusterObjects(client, () -> workers.values().forEach(PodWorker::wake));
        InetAddress nameServer = dns.map(_ -> block.nameServer()).orElse(null);
        host = new PodHost(
                client,
                images::find,
                objects,
                Isolation.detect(folder.scratch()),
                new PodNames(nameServer, hosts),
                block.pods(),
                block.node(),
                folder.scratch(),
                folder.logs());
        logServer = LogServer.start(block.node(), folder);
        node = LocalNode.register(client, "local-" + block.number(), block.node(), logServer.port());
        pods = client.pods()
                .inAnyNamespace()
                .withField("spec.nodeName", node.name())
                .inform(new PodEvents());
    }

    /** Joins a node to the cluster; it runs pods until it is closed. */
    public static LocalKubelet start(ControlPlane controlPlane, ImageCatalog images) {
        if (controlPlane.isExisting()) {
            throw new IllegalArgumentException("an existing cluster has nodes of its own");
        }
        // Its own loops try again: a request that waits for an absent API server would hold up a pod.
        Config impatient = new ConfigBuilder(controlPlane.adminConfig())
                .withRequestRetryBackoffLimit(0)
                .withRequestTimeout(5_000)
                .withConnectionTimeout(2_000)
                .build();
        return new LocalKubelet(
                new KubernetesClientBuilder().withConfig(impatient).build(), images);
    }

    public String nodeName() {
        return node.name();
    }

    /** Where this JVM reaches a Service's port, once the Service is known here. */
    public ServiceAddress address(String namespace, String service, int port) {
        Instant deadline = Instant.now().plus(PATIENCE);
        synchronized (names) {
            while (true) {
                Optional<InetSocketAddress> listener = network.listener(namespace, service, port);
                if (listener.isPresent()) {
                    InetSocketAddress found = listener.get();
                    return new ServiceAddress(found.getAddress().getHostAddress(), found.getPort());
                }
                long left = Duration.between(Instant.now(), deadline).toMillis();
                if (left <= 0) {
                    throw new IllegalStateException("no Service " + namespace + "/" + service + " with port " + port);
                }
                waitForNames(left);
            }
        }
    }

    private void waitForNames(long millis) {
        try {
            names.wait(Math.min(millis, 200));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a Service", e);
        }
    }

    private void namesChanged(NameTable current) {
        hosts.write(current);
        synchronized (names) {
            names.notifyAll();
        }
    }

    /** What the containers of the pods of this name wrote so far, also after the pod has gone. */
    public String log(String podName) {
        try (Stream<Path> files = Files.list(folder.logs())) {
            return files.filter(file -> file.getFileName().toString().contains("_" + podName + "_"))
                    .sorted()
                    .map(LocalKubelet::read)
                    .collect(Collectors.joining());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder of all pods' logs, one file {@code <namespace>_<pod>_<container>.log} each. */
    public Path logs() {
        return folder.logs();
    }

    /** The process of a pod's first container; empty between two runs. */
    public Optional<ChildProcess> process(String namespace, String podName) {
        return process(namespace, podName, "");
    }

    /** The process of a pod's container, for tests that kill ({@code KILL}), freeze ({@code STOP}) or wake ({@code CONT}) it. */
    public Optional<ChildProcess> process(String namespace, String podName, String container) {
        return workers.values().stream()
                .filter(worker -> worker.pod().getMetadata().getName().equals(podName)
                        && worker.pod().getMetadata().getNamespace().equals(namespace))
                .findFirst()
                .flatMap(worker -> worker.process(container));
    }

    /** How containers see their volumes and names, for a person who reads a log. */
    public String describe() {
        return "Node " + node.name() + ": pods are processes on 127." + block.number() + ".1.*, "
                + (host.isolation().hasMounts() ? "volumes are mounted" : "mount paths are rewritten")
                + ", names through "
                + (dns.isPresent() ? "DNS" : "a hosts file") + ", logs in " + folder.logs();
    }

    @Override
    public void close() {
        pods.close();
        node.close();
        workers.values().forEach(PodWorker::abandon);
        threads.values().forEach(LocalKubelet::await);
        logServer.close();
        objects.close();
        dns.ifPresent(ClusterDns::close);
        network.close();
        host.client().close();
        block.close();
        folder.close();
    }

    private static void await(Thread thread) {
        try {
            thread.join(END_PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class PodEvents implements ResourceEventHandler<Pod> {
        @Override
        public void onAdd(Pod pod) {
            String uid = pod.getMetadata().getUid();
            PodWorker worker = new PodWorker(host, pod);
            workers.put(uid, worker);
            Thread thread = Thread.ofVirtual()
                    .name("pod-" + pod.getMetadata().getName())
                    .unstarted(() -> {
                        try {
                            worker.run();
                        } finally {
                            threads.remove(uid);
                        }
                    });
            threads.put(uid, thread);
            thread.start();
        }

        @Override
        public void onUpdate(Pod before, Pod after) {
            PodWorker worker = workers.get(after.getMetadata().getUid());
            if (worker == null) {
                onAdd(after); // a new pod took the name while the watch was down
            } else {
                worker.update(after);
            }
            if (!before.getMetadata().getUid().equals(after.getMetadata().getUid())) {
                onDelete(before, true);
            }
        }

        @Override
        public void onDelete(Pod pod, boolean finalStateUnknown) {
            PodWorker worker = workers.remove(pod.getMetadata().getUid());
            if (worker != null) {
                worker.vanish();
            }
        }
    }
}
