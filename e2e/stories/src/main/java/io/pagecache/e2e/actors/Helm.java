package io.pagecache.e2e.actors;

import io.pagecache.e2e.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The helm that a user would type. It runs as a process of its own: Helm's library is written in Go, whose run time takes the
 * signal handlers of the process it is loaded into, and then Ctrl-C would no longer end the demo.
 */
public final class Helm {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Path kubeconfig;

    public Helm(Path kubeconfig) {
        this.kubeconfig = kubeconfig;
    }

    /** {@code helm install RELEASE CHART --namespace NAMESPACE --create-namespace}; throws with Helm's words when it fails. */
    public void install(String release, Path chart, String namespace) {
        Path log = temporaryLog();
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Install.class.getName(),
                release,
                chart.toString(),
                namespace,
                kubeconfig.toString());
        Map<String, String> environment =
                Map.of("PATH", System.getenv("PATH"), "HOME", System.getProperty("user.home"));
        try (ChildProcess helm = ChildProcess.start("helm", command, environment, log)) {
            if (!helm.endsWithin(PATIENCE)) {
                throw new AssertionError("helm install took over " + PATIENCE.toSeconds() + " s: " + helm.logTail());
            }
            if (helm.exitCode() != 0) {
                throw new AssertionError("helm install failed: " + helm.logTail());
            }
        }
        deleteQuietly(log);
    }

    private static Path temporaryLog() {
        try {
            Path log = Files.createTempFile("pagecache-helm", ".log");
            log.toFile().deleteOnExit();
            return log;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteQuietly(Path log) {
        try {
            Files.deleteIfExists(log);
        } catch (IOException e) {
            System.err.println("could not delete " + log + ": " + e.getMessage());
        }
    }

    /** The process. */
    static final class Install {
        private Install() {}

        public static void main(String[] arguments) {
            new com.marcnuri.helm.Helm(Path.of(arguments[1]))
                    .install()
                    .withName(arguments[0])
                    .withNamespace(arguments[2])
                    .createNamespace()
                    .withKubeConfig(Path.of(arguments[3]))
                    .call();
        }
    }
}
