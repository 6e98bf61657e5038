package io.pagecache.e2e.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.pagecache.e2e.Cluster;
import io.pagecache.e2e.KubernetesCluster;
import io.pagecache.e2e.actors.Visitor;
import io.pagecache.e2e.pod.ContainerImage;
import io.pagecache.e2e.process.Tool;
import io.pagecache.images.Architecture;
import io.pagecache.images.ImageBuild;
import io.pagecache.images.ImagesRequest;
import io.pagecache.images.OciArchive;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The images as they are shipped: unpacked, and started with nothing but their own files. */
@KubernetesCluster
class ImagesE2E {
    private static final Path ROOT = Path.of(System.getProperty("pagecache.root"));
    private static final Duration SOON = Duration.ofSeconds(120);

    private static Installation installation;

    @BeforeAll
    static void install(Cluster cluster, @TempDir Path scratch) {
        assumeTrue(System.getenv("PAGECACHE_KUBECONFIG") == null, "images are unpacked for the local kubelet only");
        assumeTrue(
                Tool.works("unshare", "--mount", "true")
                        || Tool.works("unshare", "--user", "--map-root-user", "--mount", "true"),
                "this machine allows no mounts: an image cannot be the root of a process");
        installation = Installation.on(cluster, unpacked(scratch));
        installation.installOperator();
        await("the operator's Deployment is available").atMost(SOON).until(installation::operatorIsAvailable);
        installation.kubectl().apply(installation.wikiManifest());
        installation.kubectl().apply(installation.policyFile());
        await("the wiki is available").atMost(SOON).until(() -> installation.isAvailable("wiki"));
    }

    @Test
    void shouldServeFromTheImageWithAJvmAndReplaceAPodThatIsKilled() {
        run("JVM");
        awaitRunning("pagecache-proxy");
        shouldServe();
        String killed = names().getFirst();

        installation.kubectl().run("delete", "pod", killed, "--grace-period=0", "--force");

        await("another proxy has taken its place").atMost(SOON).until(() -> !names().contains(killed));
        awaitRunning("pagecache-proxy");
        shouldServe();
    }

    @Test
    void shouldServeFromTheImageWithTheExecutableAndReplaceAPodThatIsKilled(Cluster cluster) {
        assumeTrue(
                cluster.images().find("pagecache-proxy-native").isPresent(),
                "no GraalVM to build the native executable with; ./pagecache test native says what to install");
        run("Native");
        awaitRunning("pagecache-proxy-native");
        shouldServe();
        String killed = names().getFirst();

        installation.kubectl().run("delete", "pod", killed, "--grace-period=0", "--force");

        await("another proxy has taken its place").atMost(SOON).until(() -> !names().contains(killed));
        awaitRunning("pagecache-proxy-native");
        shouldServe();
    }

    private static void run(String form) {
        installation
                .kubectl()
                .run(
                        "patch",
                        "pcp",
                        "wiki",
                        "--type=merge",
                        "-p",
                        "{\"spec\":{\"proxy\":{\"form\":\"%s\"}}}".formatted(form));
    }

    private static Map<String, ContainerImage> unpacked(Path scratch) {
        Map<String, ContainerImage> images = new HashMap<>();
        for (Path tar : new ImageBuild(ImagesRequest.local(ROOT, ROOT.resolve(".build/images"))).run()) {
            String name = tar.getFileName().toString().replace(".tar", "");
            OciArchive image = OciArchive.read(tar);
            List<String> entrypoint = new ArrayList<>();
            for (JsonNode word : image.configuration(Architecture.here()).path("Entrypoint")) {
                entrypoint.add(word.asText());
            }
            images.put(
                    name,
                    ContainerImage.unpacked(image.unpack(Architecture.here(), scratch.resolve(name)), entrypoint));
        }
        return images;
    }

    private static void awaitRunning(String image) {
        await("two proxies run " + image).atMost(SOON).until(() -> {
            List<Pod> pods = installation.proxyPods();
            return pods.size() == 2
                    && pods.stream().allMatch(pod -> nameOf(pod).equals(image))
                    && installation.isAvailable("wiki-pagecache");
        });
    }

    private static String nameOf(Pod pod) {
        String image = pod.getSpec().getContainers().getFirst().getImage();
        return image.substring(0, image.lastIndexOf(':'));
    }

    private static List<String> names() {
        return installation.proxyPods().stream()
                .map(pod -> pod.getMetadata().getName())
                .toList();
    }

    private static void shouldServe() {
        try (Visitor reader = new Visitor(installation.proxyUrls().getFirst())) {
            await("the proxy serves")
                    .atMost(SOON)
                    .until(() -> reader.get("/wiki/Lighthouse").status() == 200);
            Visitor.Reply again = reader.get("/wiki/Lighthouse");

            assertThat(again.isHit()).as(again.cacheStatus()).isTrue();
            assertThat(again.body()).contains("Lighthouse");
        }
    }
}
