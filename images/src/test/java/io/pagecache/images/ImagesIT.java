package io.pagecache.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The images of this build, looked into. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImagesIT {
    private static final Path ROOT = Path.of(System.getProperty("pagecache.root", ".."));
    private static final Architecture HERE = Architecture.here();

    private List<Path> images;

    @BeforeAll
    void build() {
        images = new ImageBuild(ImagesRequest.local(ROOT, output())).run();
    }

    private static Path output() {
        return ROOT.resolve(".build/images");
    }

    private static OciArchive image(String name) {
        return OciArchive.read(output().resolve(name + ".tar"));
    }

    private Stream<OciArchive> all() {
        return images.stream().map(OciArchive::read);
    }

    @Test
    void shouldMakeAnImageOfEachApplication() {
        assertThat(images)
                .extracting(image -> image.getFileName().toString())
                .contains("pagecache-proxy.tar", "pagecache-operator.tar");
        assertThat(all()).allSatisfy(image -> assertThat(image.platforms()).containsExactly("linux/" + HERE));
    }

    @Test
    void shouldRunAsNobodyAndSayWhatItIs() {
        assertThat(all()).allSatisfy(image -> {
            JsonNode configuration = image.configuration(HERE);
            assertThat(configuration.path("User").asText()).isEqualTo("65532:65532");
            assertThat(configuration.path("WorkingDir").asText()).isEqualTo("/");
            JsonNode labels = configuration.path("Labels");
            assertThat(labels.path("org.opencontainers.image.title").asText()).startsWith("pagecache-");
            assertThat(labels.path("org.opencontainers.image.licenses").asText())
                    .isEqualTo("MIT");
            assertThat(labels.path("org.opencontainers.image.version").asText()).isNotEmpty();
            assertThat(labels.path("org.opencontainers.image.description").asText())
                    .contains("page cache");
        });
    }

    @Test
    void shouldStartTheJvmWithOneFileOfOptionsAndItsCache() {
        assertThat(entrypoint("pagecache-proxy"))
                .containsExactly(
                        "/pagecache/runtime/bin/java",
                        "@/pagecache/java.options",
                        "-XX:AOTCache=/pagecache/application.aot",
                        "-jar",
                        "/pagecache/app/quarkus-run.jar");
        assertThat(entrypoint("pagecache-operator")).isEqualTo(entrypoint("pagecache-proxy"));
        assertThat(image("pagecache-proxy")
                        .configuration(HERE)
                        .path("ExposedPorts")
                        .has("8080/tcp"))
                .isTrue();
    }

    @Test
    void shouldStartTheExecutable() {
        assumeTrue(hasNative(), "no native executable was built");

        assertThat(entrypoint("pagecache-proxy-native")).containsExactly("/pagecache/pagecache-proxy");
        assertThat(image("pagecache-proxy-native").files(HERE)).contains("pagecache/pagecache-proxy");
    }

    private static boolean hasNative() {
        return Boolean.getBoolean("pagecache.native.built")
                || Files.exists(ROOT.resolve("dataplane/proxy/target/pagecache-proxy-runner"));
    }

    private static List<String> entrypoint(String image) {
        return new ObjectMapper()
                .convertValue(
                        image(image).configuration(HERE).path("Entrypoint"),
                        new com.fasterxml.jackson.core.type.TypeReference<>() {});
    }

    @Test
    void shouldHaveNoShellNoToolsAndNothingTwice() {
        assertThat(all())
                .allSatisfy(image -> assertThat(image.files(HERE))
                        .doesNotHaveDuplicates()
                        .noneMatch(file ->
                                file.matches(".*/(sh|bash|dash|busybox|javac|jlink|keytool|jcmd|apt|apk|rpm)")));
        assertThat(image("pagecache-proxy").files(HERE))
                .contains(
                        "pagecache/runtime/bin/java",
                        "pagecache/runtime/lib/modules",
                        "pagecache/application.aot",
                        "pagecache/java.options",
                        "pagecache/sbom.json")
                .anyMatch(file -> file.endsWith("/libc.so.6"));
    }

    @Test
    void shouldPutWhatChangesLeastLowest() {
        assertThat(image("pagecache-proxy").layers(HERE)).isEqualTo(6);
        assertThat(image("pagecache-operator").layers(HERE)).isEqualTo(6);
    }

    @Test
    void shouldListWhatItIsMadeOf() throws IOException {
        for (Path image : images) {
            String name = image.getFileName().toString().replace(".tar", "");
            JsonNode bill = new ObjectMapper()
                    .readTree(output().resolve(name + ".cdx.json").toFile());

            assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
            assertThat(bill.findValuesAsText("name"))
                    .as(name)
                    .contains("netty-buffer")
                    .containsAnyOf("OpenJDK runtime", "GraalVM native image");
            assertThat(OciArchive.read(image).files(HERE)).contains("pagecache/sbom.json");
        }
    }

    @Test
    void shouldMakeTheSameImageAgain() {
        List<String> before = digests();

        new ImageBuild(ImagesRequest.local(ROOT, output())).run();

        assertThat(digests()).isEqualTo(before);
    }

    private List<String> digests() {
        return all().map(image -> image.digest(HERE)).toList();
    }

    @Test
    void shouldMakeOneImageForTwoArchitecturesWhereItIsGivenWhatTheyNeed(@TempDir Path scratch) throws Exception {
        Architecture other = HERE == Architecture.AMD64 ? Architecture.ARM64 : Architecture.AMD64;
        Path javaHome = Files.createDirectories(scratch.resolve("jdk"));
        Files.createDirectories(javaHome.resolve("bin"));
        Files.createDirectories(javaHome.resolve("lib"));
        Files.writeString(javaHome.resolve("bin/java"), "of another architecture");
        Files.writeString(javaHome.resolve("bin/javac"), "not at run time");
        Files.writeString(javaHome.resolve("lib/modules"), "classes");
        ImagesRequest request = new ImagesRequest(
                ROOT,
                output(),
                new Base.Files(Map.of(HERE, base(scratch, HERE), other, base(scratch, other))),
                Map.of(other, javaHome),
                "abc");

        Path tar = new ImageBuild(request).proxyOnJvm(scratch.resolve("two.tar"));

        OciArchive image = OciArchive.read(tar);
        assertThat(image.platforms()).containsExactlyInAnyOrder("linux/amd64", "linux/arm64");
        assertThat(image.files(other))
                .contains("pagecache/runtime/bin/java", "pagecache/app/quarkus-run.jar")
                .doesNotContain("pagecache/application.aot", "pagecache/runtime/bin/javac");
        assertThat(image.files(HERE)).contains("pagecache/application.aot");
        assertThat(image.configuration(other).path("Entrypoint").toString()).doesNotContain("AOTCache");
        assertThat(image.configuration(HERE)
                        .path("Labels")
                        .path("org.opencontainers.image.revision")
                        .asText())
                .isEqualTo("abc");
    }

    /** A base image with one file in it, as {@code docker save} writes it. */
    private static Path base(Path folder, Architecture architecture) throws Exception {
        Path file = Files.writeString(folder.resolve("os-release"), "ID=test\n");
        Path tar = folder.resolve("base-" + architecture + ".tar");
        Jib.fromScratch()
                .setFormat(ImageFormat.Docker)
                .setPlatforms(Set.of(new Platform(architecture.toString(), "linux")))
                .addLayer(List.of(file), "/etc")
                .containerize(Containerizer.to(TarImage.at(tar).named("base"))
                        .setApplicationLayersCache(folder.resolve("layers"))
                        .setBaseImageLayersCache(folder.resolve("layers"))
                        .setOfflineMode(true));
        return tar;
    }

    @Test
    void shouldSayWhatIsMissingForAnotherArchitecture(@TempDir Path scratch) throws IOException {
        Architecture other = HERE == Architecture.AMD64 ? Architecture.ARM64 : Architecture.AMD64;
        Path javaHome = Files.createDirectories(scratch.resolve("jdk/lib")).getParent();
        Files.createDirectories(javaHome.resolve("bin"));
        Files.writeString(javaHome.resolve("bin/java"), "of another architecture");
        ImagesRequest request = new ImagesRequest(ROOT, output(), new Base.ThisMachine(), Map.of(other, javaHome), "");

        assertThatThrownBy(() -> new ImageBuild(request).proxyOnJvm(scratch.resolve("none.tar")))
                .isInstanceOf(BadRequest.class)
                .hasMessageContaining("--base-tar " + other + "=FILE");
    }
}
