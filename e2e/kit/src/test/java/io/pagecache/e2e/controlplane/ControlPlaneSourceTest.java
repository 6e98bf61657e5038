package io.pagecache.e2e.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.e2e.controlplane.ControlPlaneSource.Built;
import io.pagecache.e2e.controlplane.ControlPlaneSource.Existing;
import io.pagecache.e2e.controlplane.ControlPlaneSource.Found;
import io.pagecache.e2e.controlplane.ControlPlaneSource.Missing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlPlaneSourceTest {
    @TempDir
    private Path folder;

    @Test
    void shouldPreferAnExistingCluster() {
        Map<String, String> environment = Map.of("PAGECACHE_KUBECONFIG", "/k", "KUBE_API_TEST_DIR", folder.toString());

        assertThat(ControlPlaneSource.find(environment, folder)).isEqualTo(new Existing(Path.of("/k")));
    }

    @Test
    void shouldTakeTheNewestProgramsThatRunDeployments() throws Exception {
        for (String version : new String[] {"1.35.0-linux-amd64", "1.36.0-linux-amd64"}) {
            for (String program : new String[] {"kube-apiserver", "kube-controller-manager", "kube-scheduler"}) {
                program(folder.resolve("k8s").resolve(version), program);
            }
        }

        assertThat(ControlPlaneSource.find(Map.of("KUBE_API_TEST_DIR", folder.toString()), folder))
                .isInstanceOfSatisfying(
                        Found.class, found -> assertThat(found.folder()).endsWithRaw(Path.of("1.36.0-linux-amd64")));
    }

    @Test
    void shouldPassOverProgramsWithoutControllers() throws Exception {
        program(folder.resolve("k8s/1.36.0-linux-amd64"), "kube-apiserver");

        assertThat(ControlPlaneSource.find(Map.of("KUBE_API_TEST_DIR", folder.toString()), folder))
                .isInstanceOf(Missing.class);
    }

    @Test
    void shouldBuildFromSourceWhereThereIsGo() throws Exception {
        Path module = Files.createDirectories(folder.resolve("e2e/controlplane"));
        Files.createFile(module.resolve("build.sh"));
        program(folder.resolve("bin"), "go");

        assertThat(ControlPlaneSource.find(Map.of("PATH", folder.resolve("bin").toString()), folder.resolve("a/b")))
                .isInstanceOf(Built.class);
        assertThat(ControlPlaneSource.find(Map.of("PATH", ""), folder))
                .isInstanceOfSatisfying(
                        Missing.class,
                        missing -> assertThat(missing.whatToInstall())
                                .contains("Go 1.26", "PAGECACHE_KUBECONFIG", "KUBE_API_TEST_DIR"));
    }

    private static void program(Path folder, String name) throws IOException {
        assertThat(Files.createFile(Files.createDirectories(folder).resolve(name))
                        .toFile()
                        .setExecutable(true))
                .isTrue();
    }
}
