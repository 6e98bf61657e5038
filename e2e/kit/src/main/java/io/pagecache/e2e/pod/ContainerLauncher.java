package io.pagecache.e2e.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.pagecache.e2e.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Starts the containers of one pod as processes. */
final class ContainerLauncher {
    private static final String ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";

    private final PodHost host;
    private final PodFields fields;
    private final PodVolumes volumes;
    private final Path folder;
    private final AtomicInteger starts = new AtomicInteger();

    ContainerLauncher(PodHost host, PodFields fields, PodVolumes volumes, Path folder) {
        this.host = host;
        this.fields = fields;
        this.volumes = volumes;
        this.folder = folder;
    }

    ChildProcess start(Container container) throws StartBlocked {
        ContainerImage image = host.images()
                .apply(container.getImage())
                .orElseThrow(() -> new StartBlocked(
                        "ErrImagePull", "no image " + container.getImage() + " in the kit's ImageCatalog"));
        ContainerEnvironment environment =
                ContainerEnvironment.of(container, image.environment(), fields, host.objects());
        Map<String, String> variables = machineVariables();
        variables.putAll(environment.values());
        List<String> command = new ArrayList<>();
        command.addAll(
                isEmpty(container.getCommand()) ? image.entrypoint() : environment.expand(container.getCommand()));
        if (!isEmpty(container.getArgs())) {
            command.addAll(environment.expand(container.getArgs()));
        }
        Path layers = folder.resolve("layers-" + container.getName() + "-" + starts.incrementAndGet());
        List<Mount> mounts = mountsOf(container);
        if (!host.isolation().hasMounts()) {
            if (image.root() != null) {
                throw new StartBlocked(
                        "RunContainerError", "this machine allows no mounts: an image cannot be its root");
            }
            withoutMounts(mounts, variables);
        }
        Isolation.Launch launch =
                host.isolation().launch(command, variables, mounts, new Isolation.Files(layers, image.root()));
        try {
            return ChildProcess.start(nameOf(container), launch.command(), launch.environment(), logOf(container));
        } catch (UncheckedIOException | IllegalStateException e) {
            throw new StartBlocked("RunContainerError", String.valueOf(e.getMessage()));
        }
    }

    List<String> enter(ChildProcess container, List<String> command) {
        return host.isolation().enter(container.pid(), command);
    }

    Path logOf(Container container) {
        return host.logs().resolve(nameOf(container) + ".log");
    }

    private String nameOf(Container container) {
        return namespace() + "_" + fields.pod().getMetadata().getName() + "_" + container.getName();
    }

    private Map<String, String> machineVariables() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("PATH", System.getenv().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin"));
        variables.put("HOME", folder.toString());
        variables.put("LANG", "C.UTF-8");
        variables.put("JAVA_HOME", System.getProperty("java.home"));
        variables.put("HOSTNAME", fields.pod().getMetadata().getName());
        URI api = host.apiServer();
        variables.put("KUBERNETES_SERVICE_HOST", api.getHost());
        variables.put("KUBERNETES_SERVICE_PORT", Integer.toString(api.getPort() < 0 ? 443 : api.getPort()));
        return variables;
    }

    /**
     * What clients look for at fixed paths is named by variables where nothing can be mounted there. The token stands in the
     * kubeconfig itself, since not every client follows a {@code tokenFile}; it is good for an hour from the container's start.
     */
    private void withoutMounts(List<Mount> mounts, Map<String, String> variables) {
        host.names().variables(namespace()).forEach(variables::putIfAbsent);
        mounts.stream()
                .filter(mount -> mount.target().equals(ACCOUNT))
                .findFirst()
                .ifPresent(account -> {
                    String kubeconfig = """
                    apiVersion: v1
                    kind: Config
                    current-context: pod
                    clusters: [{ name: pod, cluster: { server: "%s", certificate-authority: "%s" } }]
                    users: [{ name: pod, user: { token: "%s" } }]
                    contexts: [{ name: pod, context: { cluster: pod, user: pod, namespace: "%s" } }]
                    """.formatted(
                                    host.apiServer(),
                                    account.source().resolve("ca.crt"),
                                    read(account.source().resolve("token")),
                                    namespace());
                    variables.putIfAbsent(
                            "KUBECONFIG", write("kubeconfig", kubeconfig).toString());
                });
    }

    private String namespace() {
        return fields.pod().getMetadata().getNamespace();
    }

    private List<Mount> mountsOf(Container container) throws StartBlocked {
        List<Mount> mounts = new ArrayList<>();
        if (container.getVolumeMounts() != null) {
            for (VolumeMount wanted : container.getVolumeMounts()) {
                mounts.add(mountOf(wanted));
            }
        }
        if (host.isolation().hasMounts()) {
            addNames(mounts);
        }
        return mounts;
    }

    private Mount mountOf(VolumeMount wanted) throws StartBlocked {
        Path source = volumes.folder(wanted.getName())
                .orElseThrow(() -> new StartBlocked("CreateContainerConfigError", "no volume " + wanted.getName()));
        if (wanted.getSubPath() != null && !wanted.getSubPath().isEmpty()) {
            source = source.resolve(wanted.getSubPath());
            try {
                source = Files.exists(source) ? source.toRealPath() : Files.createDirectories(source);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        boolean fromCluster = fields.pod().getSpec().getVolumes().stream()
                .anyMatch(volume -> volume.getName().equals(wanted.getName()) && VolumeReader.isRead(volume));
        return new Mount(source, wanted.getMountPath(), fromCluster || Boolean.TRUE.equals(wanted.getReadOnly()));
    }

    private void addNames(List<Mount> mounts) {
        PodNames names = host.names();
        if (names.nameServer() == null) {
            mounts.add(new Mount(names.hosts().fileFor(namespace()), "/etc/hosts", true));
            return;
        }
        Pod pod = fields.pod();
        String resolver = names.resolverConfiguration(namespace(), names.nameServer());
        mounts.add(new Mount(write("resolv.conf", resolver), "/etc/resolv.conf", true));
        String hosts = PodNames.ownHosts(pod.getMetadata().getName(), fields.podIp());
        mounts.add(new Mount(write("hosts", hosts), "/etc/hosts", true));
        mounts.add(new Mount(write("nsswitch.conf", "hosts: files dns\n"), "/etc/nsswitch.conf", true));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isEmpty(List<String> words) {
        return words == null || words.isEmpty();
    }
}
