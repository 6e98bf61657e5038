package io.pagecache.e2e.controlplane;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where a control plane can come from, in the order in which the sources are tried. */
public sealed interface ControlPlaneSource {

    /** Said before it starts, so that nobody wonders which cluster the tests saw. */
    String describe();

    /** Any cluster that a person set up: kind, k3d, a real one. */
    record Existing(Path kubeconfig) implements ControlPlaneSource {
        @Override
        public String describe() {
            return "the cluster of PAGECACHE_KUBECONFIG (" + kubeconfig + ")";
        }
    }

    /** Programs found on disk. */
    record Found(KubernetesParts parts, Path folder) implements ControlPlaneSource {
        @Override
        public String describe() {
            return "the programs in " + folder;
        }
    }

    /** Our Go module, built when it is first needed. */
    record Built(Path module, Path binary) implements ControlPlaneSource {
        @Override
        public String describe() {
            return "Kubernetes built from source (" + binary + ")";
        }
    }

    /** Nothing to start from; the message says what to install. */
    record Missing(String whatToInstall) implements ControlPlaneSource {
        @Override
        public String describe() {
            return whatToInstall;
        }
    }

    /**
     * The first source that this machine offers and that runs Deployments. The system property {@code pagecache.root} names
     * the checkout; without it, it is looked for from the working directory upwards.
     */
    static ControlPlaneSource find() {
        return find(
                System.getenv(),
                Path.of(System.getProperty("pagecache.root", "")).toAbsolutePath());
    }

    static ControlPlaneSource find(Map<String, String> environment, Path start) {
        String kubeconfig = environment.getOrDefault("PAGECACHE_KUBECONFIG", "");
        if (!kubeconfig.isBlank()) {
            return new Existing(Path.of(kubeconfig));
        }
        String binaries = environment.getOrDefault("KUBE_API_TEST_DIR", "");
        if (!binaries.isBlank()) {
            Optional<Found> found = newestIn(Path.of(binaries));
            if (found.isPresent()) {
                return found.get();
            }
        }
        String ready = environment.getOrDefault("PAGECACHE_CONTROLPLANE", "");
        if (!ready.isBlank()) {
            return new Found(KubernetesParts.allInOne(ready), Path.of(ready));
        }
        return goModule(start, environment.getOrDefault("PATH", ""));
    }

    private static ControlPlaneSource goModule(Path start, String path) {
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            Path module = folder.resolve("e2e/controlplane");
            if (Files.exists(module.resolve("build.sh"))) {
                Path binary = folder.resolve(".build/controlplane/controlplane");
                boolean available = Files.isExecutable(binary) || onPath("go", path);
                return available ? new Built(module, binary) : missing("there is no Go toolchain");
            }
        }
        return missing("e2e/controlplane was not found above " + start);
    }

    private static Missing missing(String why) {
        return new Missing("""
                No Kubernetes control plane: %s. One of these helps:
                  - install Go 1.26 or newer (the control plane is then built from source, once), or
                  - set PAGECACHE_KUBECONFIG to the kubeconfig of a cluster (kind, k3d, a real one), or
                  - set KUBE_API_TEST_DIR to a folder with k8s/<version>-<os>-<arch>/{etcd,kube-apiserver,\
                kube-controller-manager,kube-scheduler,kubectl}.""".formatted(why));
    }

    private static Optional<Found> newestIn(Path root) {
        Path versions = Files.isDirectory(root.resolve("k8s")) ? root.resolve("k8s") : root;
        try (Stream<Path> folders = Files.list(versions)) {
            return folders.filter(folder -> Files.isExecutable(folder.resolve("kube-apiserver")))
                    .max(Comparator.comparing(folder -> folder.getFileName().toString()))
                    .map(folder -> new Found(partsIn(folder), folder))
                    .filter(found -> found.parts().runsDeployments());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static KubernetesParts partsIn(Path folder) {
        return new KubernetesParts(
                List.of(folder.resolve("etcd").toString()),
                List.of(folder.resolve("kube-apiserver").toString()),
                ifThere(folder.resolve("kube-controller-manager")),
                ifThere(folder.resolve("kube-scheduler")),
                List.of(folder.resolve("kubectl").toString()));
    }

    private static @Nullable List<String> ifThere(Path program) {
        return Files.isExecutable(program) ? List.of(program.toString()) : null;
    }

    private static boolean onPath(String program, String path) {
        return Stream.of(path.split(":")).anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
